//! Which module may know which: the table below is the order of the rooms, and no arrow may run up in it.
//!
//! This reads the `use` lines and the paths in the code of everything but tests. A name that
//! one module re-exports from another belongs to where it is defined.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may know, all of which stand above it.
const ROOMS: [(&str, &[&str]); 24] = [
    ("types", &[]),
    ("formats", &["types"]),
    ("runtime", &["types"]),
    ("calibration", &["types"]),
    ("audit", &["types", "runtime"]),
    ("rules", &["types", "calibration"]),
    ("audio", &["types", "runtime", "rules"]),
    ("voice", &["types", "runtime", "calibration", "rules", "audio"]),
    ("store", &["types", "runtime", "calibration", "rules", "audio"]),
    ("models", &["types", "runtime", "calibration", "audio", "voice"]),
    ("inspect", &["types", "rules", "audio", "voice", "models"]),
    ("contract", &["types"]),
    (
        "embedded",
        &["types", "audit", "runtime", "calibration", "rules", "audio", "voice", "store", "models", "inspect"],
    ),
    ("live", &["types", "runtime", "rules", "audio", "voice", "embedded"]),
    ("remote", &["types", "runtime", "rules", "audio", "models", "inspect", "contract"]),
    ("operations", &["types", "runtime", "embedded", "remote"]),
    ("registry", &["types", "runtime", "embedded", "live", "remote", "operations"]),
    (
        "blocking",
        &["types", "embedded", "live", "remote", "store", "runtime", "models", "inspect", "operations", "registry"],
    ),
    ("custody", &["types", "audit", "runtime", "store", "embedded", "operations", "registry", "blocking"]),
    ("trials", &["types", "formats", "runtime", "calibration", "rules", "audio", "voice", "store", "models"]),
    ("bench", &["types", "calibration", "rules", "audio", "voice", "store", "models"]),
    (
        "bridge",
        &["types", "audit", "runtime", "calibration", "store", "embedded", "live", "remote", "registry", "blocking"],
    ),
    (
        "server",
        &[
            "live", "types", "audit", "runtime", "audio", "store", "inspect", "contract", "embedded", "remote",
            "registry", "blocking",
        ],
    ),
    (
        "cli",
        &[
            "types",
            "formats",
            "runtime",
            "audio",
            "calibration",
            "rules",
            "store",
            "models",
            "embedded",
            "registry",
            "blocking",
            "trials",
            "server",
        ],
    ),
];

/// Modules that know each other in a ring and should: an error carries problems, a problem a speaker's id, and an id that is
/// wrong is an error.
const NATURAL: [&str; 3] = ["types::error", "types::inspection", "types::speaker_id"];

#[test]
fn no_arrow_runs_up() {
    let source = Source::read();
    for (at, (room, known)) in ROOMS.iter().enumerate() {
        for other in *known {
            let above = ROOMS[..at].iter().any(|(above, _)| above == other);
            assert!(above, "the table lets `{room}` know `{other}`, which does not stand above it");
        }
    }
    let mut wrong = Vec::new();
    for (from, to) in source.arrows() {
        let (room, other) = (room(&from), room(&to));
        if room == other || room.is_empty() || other.is_empty() {
            continue;
        }
        let Some((_, known)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            panic!("`{room}` is not in the table of rooms: say what it may know")
        };
        if !known.contains(&other) {
            wrong.push(format!("{from} knows {to}"));
        }
    }
    assert!(wrong.is_empty(), "these arrows run up, or past the table:\n{}", wrong.join("\n"));
}

#[test]
fn no_ring_of_modules_is_larger_than_the_natural_one() {
    let mut arrows = Source::read().arrows();
    // A part knows the module that it is a part of, whose types it may carry on.
    arrows.retain(|(from, to)| !from.starts_with(&format!("{to}::")));
    // The store is one thing, `Sqlite`, whose methods stand in several files.
    arrows.retain(|(from, to)| !(from.starts_with("store::") && to.starts_with("store::")));
    let rings = rings(&arrows);
    let large: Vec<_> = rings.iter().filter(|ring| ring.len() > 2 && *ring != &NATURAL).collect();
    assert!(large.is_empty(), "{large:#?}");
}

#[test]
fn paths_are_found_and_resolved() {
    let files = [
        ("", "mod a;\nmod b;\npub use a::Thing;\n"),
        (
            "a",
            "mod inner;\npub(crate) use inner::*;\npub(crate) use inner::Other as Another;\nuse crate::b::{self, c::Deep};\n",
        ),
        ("a::inner", "pub struct Thing;\nstruct Other;\nfn f() { super::super::b::c::g(); }\n// use crate::nothing;\n"),
        ("b", "mod c;\nuse crate::{Thing, a::Another};\n#[cfg(test)]\nmod tests {\n    use crate::a;\n}\n"),
        ("b::c", "pub struct Deep;\nuse super::*;\n"),
    ];
    let source = Source(files.map(|(name, text)| (name.to_owned(), File::parse(text))).into());
    let found = source.arrows();
    let arrows: Vec<_> = found.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    assert_eq!(arrows, [("a", "b"), ("a", "b::c"), ("a::inner", "b::c"), ("b", "a::inner"), ("b::c", "b")]);
    let rings = rings(&found);
    let [ring] = &rings[..] else { panic!("one ring") };
    assert_eq!(ring, &["a::inner", "b", "b::c"]);
}

/// The modules of the crate by their paths; that of the root is empty.
struct Source(BTreeMap<String, File>);

struct File {
    /// Paths that the module uses.
    uses: Vec<String>,
    /// Names that it gives on, with their paths; `*` for all of a module.
    gives: Vec<(String, String)>,
    /// Names that it defines.
    defines: BTreeSet<String>,
}

impl File {
    fn parse(text: &str) -> Self {
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let code: String = text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n");
        let mut file = Self { uses: Vec::new(), gives: Vec::new(), defines: BTreeSet::new() };
        let mut rest = String::new();
        for statement in code.split_inclusive(';') {
            match use_of(statement) {
                Some((given, tree)) => {
                    for (path, name) in expanded(&tree) {
                        if given { file.gives.push((name, path)) } else { file.uses.push(path) }
                    }
                    rest += &statement[..statement.find("use ").unwrap_or(0)];
                }
                None => rest += statement,
            }
        }
        file.uses.extend(inline(&rest));
        let words: Vec<&str> =
            rest.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
        for pair in words.windows(2) {
            if ["struct", "enum", "fn", "const", "static", "type", "trait", "mod"].contains(&pair[0]) {
                file.defines.insert(pair[1].to_owned());
            }
        }
        file
    }
}

/// The tree of a `use` at the end of some code, and whether it is given on.
fn use_of(code: &str) -> Option<(bool, String)> {
    let at = code.rfind("use ").filter(|at| *at == 0 || code[..*at].ends_with([' ', '\n']))?;
    let line = code[..at].rsplit('\n').next().unwrap().trim();
    let given = line.starts_with("pub");
    let tree = code[at + 4..].strip_suffix(';')?.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_tree = tree.chars().all(|c| c.is_alphanumeric() || "_:{}, *".contains(c));
    (is_tree && (given || line.is_empty())).then_some((given, tree))
}

/// The paths of a tree, each with the name that it gets.
fn expanded(tree: &str) -> Vec<(String, String)> {
    let tree = tree.trim();
    let Some((head, inner)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, tree.rsplit("::").next().unwrap()));
        let path = path.trim_end_matches("::self").to_owned();
        return vec![(path, name.trim().to_owned())];
    };
    let inner = inner.trim_end().strip_suffix('}').unwrap();
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(&inner[std::mem::replace(&mut start, at + 1)..at]),
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| expanded(&format!("{head}{part}"))).collect()
}

/// Paths in code: those that start with a module, or what may be one.
fn inline(code: &str) -> Vec<String> {
    let in_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let paths = code.split(|c| !in_path(c)).map(|path| path.trim_matches(':'));
    let starts_small = |path: &&str| path.starts_with(|c: char| c.is_lowercase() || c == '_');
    paths.filter(|path| path.contains("::")).filter(starts_small).map(str::to_owned).collect()
}

impl Source {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path: PathBuf = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
                    let name = path.strip_prefix(&root).unwrap().with_extension("");
                    let name = name.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("::");
                    let name = name.trim_end_matches("::mod");
                    if !name.starts_with("bin::") {
                        let name = if name == "lib" { "" } else { name };
                        files.insert(name.to_owned(), File::parse(&fs::read_to_string(&path).unwrap()));
                    }
                }
            }
        }
        Self(files)
    }

    /// Which module knows which.
    fn arrows(&self) -> BTreeSet<(String, String)> {
        let mut arrows = BTreeSet::new();
        for (from, file) in &self.0 {
            for path in &file.uses {
                if let Some(to) = self.resolve(from, path, 0).filter(|to| to != from) {
                    arrows.insert((from.clone(), to));
                }
            }
        }
        arrows
    }

    /// The module that defines what a path in a module leads to; none outside the crate.
    fn resolve(&self, from: &str, path: &str, depth: usize) -> Option<String> {
        assert!(depth < 20, "{path} in {from} leads round and round");
        let mut parts: Vec<&str> = path.split("::").collect();
        let mut module: Vec<&str> = from.split("::").filter(|part| !part.is_empty()).collect();
        match parts[0] {
            "crate" => module.clear(),
            "self" => {}
            "super" => {
                while parts.first() == Some(&"super") {
                    module.pop();
                    parts.remove(0);
                }
                parts.insert(0, "super");
            }
            // A module below this one, or something outside.
            first if self.0.contains_key(&join(&module, first)) => parts.insert(0, "self"),
            _ => return None,
        }
        let mut parts = &parts[1..];
        while let Some(inner) = parts.first().map(|part| join(&module, part)).filter(|inner| self.0.contains_key(inner))
        {
            module = self.0.get_key_value(&inner).unwrap().0.split("::").collect();
            parts = &parts[1..];
        }
        let module = module.join("::");
        let Some(name) = parts.first().filter(|name| **name != "*") else { return Some(module) };
        let file = &self.0[&module];
        if let Some((_, path)) = file.gives.iter().find(|(given, _)| given == name) {
            return self.resolve(&module, path, depth + 1);
        }
        if !file.defines.contains(*name) {
            for (_, all) in file.gives.iter().filter(|(given, _)| given == "*") {
                let all = self.resolve(&module, all, depth + 1)?;
                if self.0[&all].defines.contains(*name) {
                    return Some(all);
                }
            }
        }
        Some(module)
    }
}

fn join(module: &[&str], part: &str) -> String {
    module.iter().copied().chain([part]).collect::<Vec<_>>().join("::")
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap()
}

/// Sets of modules each of which reaches each other.
fn rings(arrows: &BTreeSet<(String, String)>) -> Vec<Vec<&str>> {
    let reach = |from: &str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(module) = next.pop() {
            for (_, to) in arrows.iter().filter(|(from, _)| *from == module) {
                if seen.insert(to.clone()) {
                    next.push(to.clone());
                }
            }
        }
        seen
    };
    let modules: BTreeSet<&str> = arrows.iter().flat_map(|(from, to)| [from.as_str(), to.as_str()]).collect();
    let reached: BTreeMap<&str, BTreeSet<String>> = modules.iter().map(|module| (*module, reach(module))).collect();
    let mut found: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (module, there) in &reached {
        let ring: Vec<&str> = modules
            .iter()
            .copied()
            .filter(|other| there.contains(*other) && reached[other].contains(*module))
            .collect();
        if ring.len() > 1 && ring.contains(module) {
            found.insert(ring);
        }
    }
    found.into_iter().collect()
}
