// SPDX-License-Identifier: Apache-2.0
//! Generates the Kotlin or the Swift of the built library: `voiceroll-bindgen kotlin|swift LIBRARY CONFIG FOLDER`.
//!
//! Two things are changed in the Swift that UniFFI has no setting for: an error's description is its sentence, and a
//! call stops when its task is cancelled. A few are changed in the Kotlin: an error's message is its sentence, and all errors
//! have the same members; a listener may be a lambda, and whatever it throws stops the call; a closed object is refused
//! as an argument; a coroutine never goes on in a thread of the library; sound is compared by its bytes; sound, names
//! and speech are left out of the printed forms; and links of Rust's documentation become plain words.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use camino::Utf8Path;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

const HEAD: &str = "\
// SPDX-License-Identifier: Apache-2.0
// Made by UniFFI 0.32.2 from the Rust crates `voiceroll` and `voiceroll-uniffi`. Do not edit it.
";

const PARENT: &str = "sealed class VoicerollException: kotlin.Exception()";

/// What all errors have; the words of each are those of `ErrorDetails`.
const MEMBERS: &str = "
    /** Code, sentence and the rest. */
    abstract val details: ErrorDetails

    /** Stable name of what happened, such as `speaker_exists`; the same in every language. */
    val code: String get() = details.code

    /** Whether the same call may succeed later. Never where a part was done, or may have been. */
    val retryable: Boolean get() = details.retryable

    /** HTTP status with which a server refused. */
    val status: Int? get() = details.status

    /** The id of the request in the server's log. */
    val requestId: String? get() = details.requestId

    /** How long to wait before a retry, if known. */
    val retryAfter: kotlin.time.Duration? get() = details.retryAfter

    /** How many recordings of the call were added before it failed. */
    val added: Int get() = details.added

    /** Whether it is not known what a server did: read the enrollment to know. */
    val outcomeUnknown: Boolean get() = details.outcomeUnknown

    /** Why a recording was refused. */
    val problems: List<Problem> get() = details.problems
";

/// A generated class compares arrays by their addresses.
const COMPARED: &str = "    override fun equals(other: Any?) = other is Prepared && wav.contentEquals(other.wav) &&
        start == other.start && end == other.end && speechSeconds == other.speechSeconds

    override fun hashCode() = 31 * wav.contentHashCode() + start.hashCode()
";

/// What may be printed of the results that hold names or speech.
const PRINTED: [(&str, &str); 4] = [
    ("CallSegment", "segment=$segment"),
    ("Transcript", "confidence=$confidence, words=${words.size}, utterances=${utterances.size}"),
    ("Utterance", "start=$start, end=$end, speakerId=$speakerId, confidence=$confidence"),
    ("Word", "start=$start, end=$end, speakerId=$speakerId"),
];

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [language, library, config, folder] = args.as_slice() else {
        bail!("usage: voiceroll-bindgen kotlin|swift LIBRARY CONFIG FOLDER");
    };
    let folder = Utf8Path::new(folder);
    let language = match language.as_str() {
        "kotlin" => TargetLanguage::Kotlin,
        "swift" => TargetLanguage::Swift,
        _ => bail!("the language must be kotlin or swift"),
    };
    fs::create_dir_all(folder)?;
    let source = folder.join("with-symbols.so");
    fs::write(&source, with_symbols(fs::read(library)?)?)?;
    let made = generate(GenerateOptions {
        languages: vec![language.clone()],
        source: source.clone(),
        out_dir: folder.to_owned(),
        config_override: Some(config.into()),
        ..GenerateOptions::default()
    });
    fs::remove_file(&source)?;
    made?;
    match language {
        TargetLanguage::Kotlin => kotlin(&folder.join("dev/voiceroll/kotlin")),
        _ => swift(folder),
    }
}

fn kotlin(package: &Utf8Path) -> Result<()> {
    rewrite(&package.join("voiceroll_uniffi.kt"), |text| {
        let text = with_members(&with_kinds(&readable(&guarded(&text)?)?)?, "Prepared", COMPARED)?;
        printed(&text, "Prepared", "start=$start, end=$end, speechSeconds=$speechSeconds")
    })?;
    rewrite(&package.join("types/voiceroll.kt"), |text| {
        PRINTED.iter().try_fold(guarded(&text)?, |text, (name, members)| printed(&text, name, members))
    })
}

fn swift(folder: &Utf8Path) -> Result<()> {
    rewrite(&folder.join("Voiceroll.swift"), |text| with_cancellation(&with_sentence(&text)?))?;
    rewrite(&folder.join("VoicerollTypes.swift"), Ok)
}

/// Text in which each of these was found, and replaced.
fn replaced(text: &str, changes: &[(&str, &str)]) -> Result<String> {
    changes.iter().try_fold(text.to_owned(), |text, (made, wanted)| {
        ensure!(text.contains(made), "UniFFI does not write `{made}` any more");
        Ok(text.replace(made, wanted))
    })
}

/// An error whose `localizedDescription` is its sentence.
fn with_sentence(text: &str) -> Result<String> {
    replaced(text, &[("        String(reflecting: self)\n", "        details.message\n")])
}

/// Calls that stop when their task is cancelled: UniFFI's Rust side can do this, its Swift does not ask for it.
fn with_cancellation(text: &str) -> Result<String> {
    const LOOP: (&str, &str) =
        ("    var pollResult: Int8;\n    repeat {\n", "    } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY\n");
    let text = replaced(
        text,
        &[
            ("fatalError(\"Cancellation not supported yet\")", "throw CancellationError()"),
            (
                "    freeFunc: (UInt64) -> (),\n",
                "    cancelFunc: @escaping @Sendable (UInt64) -> (),\n    freeFunc: (UInt64) -> (),\n",
            ),
            (LOOP.0, "    await withTaskCancellationHandler {\n    var pollResult: Int8\n    repeat {\n"),
            (LOOP.1, &format!("{}    }} onCancel: {{\n        cancelFunc(rustFuture)\n    }}\n", LOOP.1)),
        ],
    )?;
    let lines = text.lines().map(|line| match line.split_once("freeFunc: ffi_") {
        Some((indent, free)) => {
            format!(
                "{indent}cancelFunc: {{ ffi_{}($0) }},\n{line}\n",
                free.trim_end_matches(',').replace("_free_", "_cancel_")
            )
        }
        None => format!("{line}\n"),
    });
    Ok(lines.collect())
}

/// A library whose metadata UniFFI finds though it was stripped: it looks into the table of all symbols, and what
/// stripping leaves is that of the exported ones, which has the same form. So that is given out for the other.
fn with_symbols(mut library: Vec<u8>) -> Result<Vec<u8>> {
    const EXPORTED: [u8; 4] = [11, 0, 0, 0];
    const ALL: [u8; 4] = [2, 0, 0, 0];
    if !library.starts_with(b"\x7fELF\x02\x01") {
        // A library of macOS keeps its exported symbols where UniFFI looks.
        return Ok(library);
    }
    let number = |at: usize, bytes: usize| {
        let field = library.get(at..at + bytes).context("the library file is cut off")?;
        Ok::<_, anyhow::Error>(field.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    };
    let (start, size, count) = (number(0x28, 8)?, number(0x3a, 2)?, number(0x3c, 2)?);
    let kinds = (0..count).map(|section| start + section * size + 4);
    let found: Vec<usize> = kinds.filter(|at| library.get(*at..*at + 4) == Some(&EXPORTED[..])).collect();
    for at in found {
        library[at..at + 4].copy_from_slice(&ALL);
    }
    Ok(library)
}

/// Calls that say so where the library cannot be used: as an initializer fails, only the first would hear why.
fn guarded(text: &str) -> Result<String> {
    const CALL: &str = "    var status = UniffiRustCallStatus()\n    val return_value = callback(status)\n";
    ensure!(text.contains(CALL), "UniFFI does not write `{CALL}` any more");
    Ok(text.replace(CALL, &format!("    dev.voiceroll.kotlin.ready()\n{CALL}")))
}

fn rewrite(path: &Utf8Path, change: impl FnOnce(String) -> Result<String>) -> Result<()> {
    let text = change(fs::read_to_string(path).with_context(|| path.to_string())?)?;
    let text = text.lines().filter(|line| !is_chatter(line)).map(|line| without_links(line.trim_end()) + "\n");
    Ok(fs::write(path, HEAD.to_owned() + &text.collect::<String>())?)
}

/// What UniFFI says of itself at the head.
fn is_chatter(line: &str) -> bool {
    line.starts_with("// This file was autogenerated") || line.starts_with("// Trust me")
}

/// Errors whose message is their sentence and whose parent has all members, a listener that may be a lambda and throw
/// anything, arguments that are not closed, and calls that never go on in a thread of the library.
fn readable(text: &str) -> Result<String> {
    let changes = [
        (
            "uniffiContinuationHandleMap.remove(data).resume(pollResult)".to_owned(),
            "goOn(uniffiContinuationHandleMap.remove(data), pollResult)".to_owned(),
        ),
        // It is not used, and a type of ours is called so.
        ("import kotlinx.coroutines.Job\n".to_owned(), String::new()),
        ("get() = \"details=${ `details` }\"".to_owned(), "get() = `details`.message".to_owned()),
        ("        val `details`: ErrorDetails".to_owned(), "        override val `details`: ErrorDetails".to_owned()),
        (format!("{PARENT} {{\n"), format!("{PARENT} {{\n{MEMBERS}")),
        ("public interface ProgressListener {".to_owned(), "public fun interface ProgressListener {".to_owned()),
        ("} catch(e: kotlin.Exception) {".to_owned(), "} catch(e: Throwable) {".to_owned()),
        // As methods do; the other asks for a handle that is freed where the object is closed.
        ("return value.uniffiCloneHandle()".to_owned(), "return value.callWithHandle { it }".to_owned()),
    ];
    changes.iter().try_fold(text.to_owned(), |text, (made, wanted)| replaced(&text, &[(made, wanted)]))
}

/// Errors that say their kind by its name, in a program whose classes were renamed too.
fn with_kinds(text: &str) -> Result<String> {
    let (_, class) = text.split_once(PARENT).context("there is no parent of all errors")?;
    let lines = class.lines().map(str::trim_end).take_while(|line| *line != "}");
    let kinds = lines.filter_map(|line| line.strip_prefix("    class ")?.strip_suffix('('));
    let cases: String = kinds.map(|kind| format!("        is {kind} -> \"{kind}\"\n")).collect();
    let doc = "    /** What kind of thing it is, such as `Conflict`; the same in every language. */";
    let kind = format!("{doc}\n    val kind: String get() = when (this) {{\n{cases}    }}\n");
    Ok(text.replace(&format!("{PARENT} {{\n"), &format!("{PARENT} {{\n\n{kind}")))
}

fn printed(text: &str, name: &str, members: &str) -> Result<String> {
    with_members(text, name, &format!("    override fun toString() = \"{name}({members})\"\n"))
}

fn with_members(text: &str, name: &str, members: &str) -> Result<String> {
    let missing = || format!("there is no data class {name}");
    let (before, class) = text.split_once(&format!("data class {name} (")).with_context(missing)?;
    let (head, rest) = class.split_once("    companion object").with_context(missing)?;
    Ok(format!("{before}data class {name} ({head}{members}\n    companion object{rest}"))
}

/// The words of Rust's links, in the lines of a documentation comment.
fn without_links(line: &str) -> String {
    if !line.trim_start().starts_with(['*', '/']) {
        return line.to_owned();
    }
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[`") {
        plain += before;
        let Some((word, behind)) = after.split_once("`]") else {
            rest = after;
            break;
        };
        plain += &format!("`{word}`");
        rest = behind.strip_prefix('(').and_then(|link| link.split_once(')')).map_or(behind, |(_, behind)| behind);
    }
    plain + rest
}
