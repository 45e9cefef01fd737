//! `tune_conversations FOLDER listen RULES` or `tune_conversations FOLDER cluster`, for
//! `bench/conversations.py --tune`.

use std::error::Error;
use std::path::Path;

use voiceroll::bench;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [folder, tool, rules] if tool == "listen" => bench::listen(Path::new(folder), &serde_json::from_str(rules)?),
        [folder, tool] if tool == "cluster" => bench::cluster(Path::new(folder)),
        _ => Err("tune_conversations FOLDER listen RULES | tune_conversations FOLDER cluster".into()),
    }
}
