//! The commands in the guides do what the guides say.
#![cfg(feature = "full")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::clip_path;

const CLIPS: [&str; 5] = ["ada-1.mp3", "ada-2.m4a", "ada-3.webm", "ben-1.wav", "fault-two-speakers.mp3"];

fn pages() -> Vec<PathBuf> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let folders = ["start", "guides"].map(|name| std::fs::read_dir(docs.join(name)).unwrap());
    folders.into_iter().flatten().map(|file| file.unwrap().path()).collect()
}

/// Figures may differ in the last digit between machines.
fn without_figures(text: &str) -> String {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).fold(String::new(), |all, line| {
        let words =
            line.split_whitespace().map(|word| word.trim_matches(|c: char| c.is_ascii_digit() || "-.".contains(c)));
        all + &words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ") + "\n"
    })
}

#[test]
fn the_commands_of_every_guide_print_what_it_shows() {
    let bin = Path::new(env!("CARGO_BIN_EXE_voiceroll")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let (mut ran, mut compared) = (0, 0);
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        // One store for each page.
        let folder = tempfile::tempdir().unwrap();
        for clip in CLIPS {
            std::fs::copy(clip_path(clip), folder.path().join(clip)).unwrap();
        }
        for block in text.split("```sh run\n").skip(1) {
            let (program, rest) = block.split_once("```\n").unwrap();
            let mut command = Command::new("sh");
            command.args(["-ec", program]).current_dir(folder.path()).env("PATH", &path);
            command.env("VOICEROLL_DB", folder.path().join("voices.db")).env("VOICEROLL_MODEL", "compact");
            let output = command.output().unwrap();
            let (said, fault) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert!(output.status.success(), "{}: {program}\n{fault}", page.display());
            ran += 1;
            if let Some(shown) = rest.trim_start().strip_prefix("```text\n") {
                let shown = shown.split("```").next().unwrap();
                assert_eq!(without_figures(&said), without_figures(shown), "{}: {program}", page.display());
                compared += 1;
            }
        }
    }
    assert!(ran > 4 && compared > 2, "{ran} {compared}");
}

#[test]
fn no_page_links_to_a_file_that_is_not_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let docs = std::fs::read_dir(root.join("docs")).unwrap().map(|file| file.unwrap().path());
    let concepts = std::fs::read_dir(root.join("docs/concepts")).unwrap().map(|file| file.unwrap().path());
    let all =
        pages().into_iter().chain(docs).chain(concepts).chain([root.join("README.md"), root.join("CONTRIBUTING.md")]);
    let mut links = 0;
    for page in all.filter(|page| page.extension().is_some_and(|ending| ending == "md")) {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap();
            if !file.is_empty() && !file.contains("://") {
                assert!(page.parent().unwrap().join(file).exists(), "{}: {link}", page.display());
                links += 1;
            }
        }
    }
    assert!(links > 30, "{links}");
}
