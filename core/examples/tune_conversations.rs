//! `tune_conversations MODEL FOLDER listen RULES` or `tune_conversations MODEL FOLDER cluster`, for
//! `bench/conversations.py --tune`.

use std::error::Error;
use std::path::Path;

use voiceroll::bench;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [model, folder, tool, rules] if tool == "listen" => {
            bench::listen(Path::new(model), Path::new(folder), &serde_json::from_str(rules)?)
        }
        [model, folder, tool] if tool == "cluster" => bench::cluster(Path::new(model), Path::new(folder)),
        _ => Err("tune_conversations MODEL FOLDER listen RULES | tune_conversations MODEL FOLDER cluster".into()),
    }
}
