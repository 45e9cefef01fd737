//! Tensors out of a PyTorch checkpoint: a zip archive with a pickle of names and shapes, and a file for each storage.
//!
//! A pickle is a program, and unpickling runs it. Here only what a table of tensors needs is understood, nothing is
//! called, and everything else is an error.

use std::collections::HashMap;

use super::archive::Archive;

/// Tensors by name: shape and values.
pub(crate) type Table = HashMap<String, (Vec<usize>, Vec<f32>)>;

/// The largest pickle that is read, in bytes; that of CAM++ has 91 kB.
const LARGEST_PICKLE: u64 = 4 << 20;

/// Objects that a pickle may hold at once.
const MOST_OBJECTS: usize = 1 << 20;

/// Values of all tensors together.
const MOST_VALUES: usize = 1 << 28;

#[derive(Debug, Clone)]
enum Object {
    Mark,
    Number(usize),
    Text(String),
    Tuple(Vec<Object>),
    /// A class or a function, by its name.
    Global(String),
    Storage {
        kind: String,
        key: String,
    },
    Tensor {
        storage: Box<Object>,
        offset: usize,
        shape: Vec<usize>,
    },
    Table(Vec<(String, Object)>),
    Other,
}

/// The tensors of a checkpoint that holds 32-bit floats.
pub(crate) fn read(file: &[u8]) -> Result<Table, String> {
    let archive = Archive::new(file)?;
    let pickle = archive.ending("/data.pkl").ok_or("it is not a PyTorch checkpoint: it has no `data.pkl`")?;
    let root = pickle.trim_end_matches("data.pkl");
    let program = archive.read(pickle, LARGEST_PICKLE)?;
    let mut table = Table::new();
    let mut left = MOST_VALUES;
    for (name, tensor) in Machine::run(&program)? {
        let Object::Tensor { storage, offset, shape } = tensor else { continue };
        let Object::Storage { kind, key } = *storage else { continue };
        if kind != "FloatStorage" {
            continue;
        }
        let count = shape.iter().try_fold(1usize, |count, side| count.checked_mul(*side)).unwrap_or(usize::MAX);
        left = left.checked_sub(count).ok_or("its tensors are larger than those of any speaker network")?;
        let stored = archive.read(&format!("{root}data/{key}"), 4 * MOST_VALUES as u64)?;
        let values = offset.checked_mul(4).and_then(|from| stored.get(from..)).and_then(|rest| rest.get(..4 * count));
        let values = values.ok_or_else(|| format!("its tensor `{}` is cut short", name.escape_debug()))?;
        let values = values.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        table.insert(name, (shape, values.collect()));
    }
    Ok(table)
}

/// What a pickle is run on: a stack, and objects that are referred to again.
#[derive(Default)]
struct Machine<'a> {
    program: &'a [u8],
    stack: Vec<Object>,
    memo: HashMap<u32, Object>,
}

impl<'a> Machine<'a> {
    /// What a pickled table holds.
    fn run(program: &'a [u8]) -> Result<Vec<(String, Object)>, String> {
        let mut machine = Machine { program, ..Machine::default() };
        loop {
            if machine.stack.len() + machine.memo.len() > MOST_OBJECTS {
                return Err("its list of tensors is too long".to_owned());
            }
            if machine.step()? {
                break;
            }
        }
        match machine.stack.pop() {
            Some(Object::Table(table)) => Ok(table),
            _ => Err("it contains no list of tensors".to_owned()),
        }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let (taken, rest) = self.program.split_at_checked(count).ok_or("its pickle ends too early")?;
        self.program = rest;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<u32, String> {
        Ok(self.take(bytes)?.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
    }

    fn text(&mut self, length: usize) -> Result<String, String> {
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }

    fn line(&mut self) -> Result<String, String> {
        let end = self.program.iter().position(|byte| *byte == b'\n').ok_or("its pickle ends too early")?;
        let line = self.text(end)?;
        self.take(1)?;
        Ok(line)
    }

    fn pop(&mut self) -> Result<Object, String> {
        self.stack.pop().ok_or_else(|| "its pickle pops from an empty stack".to_owned())
    }

    /// What was put since the last mark.
    fn since_mark(&mut self) -> Result<Vec<Object>, String> {
        let mark = self.stack.iter().rposition(|object| matches!(object, Object::Mark));
        let since = self.stack.split_off(mark.ok_or("its pickle lacks a mark")?);
        Ok(since.into_iter().skip(1).collect())
    }

    /// Runs one instruction; true at the end.
    fn step(&mut self) -> Result<bool, String> {
        let object = match self.take(1)?[0] {
            // PROTO
            0x80 => return self.take(1).map(|_| false),
            // FRAME
            0x95 => return self.take(8).map(|_| false),
            // STOP
            b'.' => return Ok(true),
            // BINPUT, LONG_BINPUT
            code @ (b'q' | b'r') => {
                let at = self.number(if code == b'q' { 1 } else { 4 })?;
                let object = self.stack.last().cloned().ok_or("its pickle stores from an empty stack")?;
                self.memo.insert(at, object);
                return Ok(false);
            }
            // BINGET, LONG_BINGET
            code @ (b'h' | b'j') => {
                let at = self.number(if code == b'h' { 1 } else { 4 })?;
                self.memo.get(&at).cloned().ok_or("its pickle refers to an unknown memo")?
            }
            // SETITEMS, SETITEM
            code @ (b'u' | b's') => {
                let items = if code == b'u' {
                    self.since_mark()?
                } else {
                    let value = self.pop()?;
                    vec![self.pop()?, value]
                };
                self.set(items)?;
                return Ok(false);
            }
            // BUILD: state of an object, of no use here.
            b'b' => return self.pop().map(|_| false),
            b'(' => Object::Mark,
            b'}' => Object::Table(Vec::new()),
            b')' => Object::Tuple(Vec::new()),
            b't' => Object::Tuple(self.since_mark()?),
            code @ 0x85..=0x87 => {
                let count = usize::from(code - 0x84);
                let first = self.stack.len().checked_sub(count).ok_or("its pickle pops from an empty stack")?;
                Object::Tuple(self.stack.split_off(first))
            }
            b'K' => Object::Number(self.number(1)? as usize),
            b'M' => Object::Number(self.number(2)? as usize),
            b'J' => Object::Number(self.number(4)? as usize),
            // LONG1
            0x8a => {
                let length = self.number(1)? as usize;
                let bytes = self.take(length)?;
                let small = bytes
                    .iter()
                    .rev()
                    .try_fold(0usize, |number, byte| number.checked_mul(256).map(|number| number | usize::from(*byte)));
                Object::Number(small.ok_or("its pickle contains a number that is too large")?)
            }
            b'X' => {
                let length = self.number(4)? as usize;
                Object::Text(self.text(length)?)
            }
            0x8c => {
                let length = self.number(1)? as usize;
                Object::Text(self.text(length)?)
            }
            b'c' => {
                self.line()?;
                Object::Global(self.line()?)
            }
            // NONE, NEWFALSE, NEWTRUE
            b'N' | 0x88 | 0x89 => Object::Other,
            // BINPERSID
            b'Q' => storage(self.pop()?)?,
            b'R' => {
                let (arguments, function) = (self.pop()?, self.pop()?);
                called(function, arguments)
            }
            code => return Err(format!("its pickle uses an opcode ({code:#04x}) that tensors do not need")),
        };
        self.stack.push(object);
        Ok(false)
    }

    fn set(&mut self, items: Vec<Object>) -> Result<(), String> {
        let Some(Object::Table(table)) = self.stack.last_mut() else {
            return Err("its pickle sets an item of something other than a dictionary".to_owned());
        };
        let mut items = items.into_iter();
        while let (Some(name), Some(value)) = (items.next(), items.next()) {
            if let Object::Text(name) = name {
                table.push((name, value));
            }
        }
        Ok(())
    }
}

/// `("storage", class, key, device, size)`.
fn storage(id: Object) -> Result<Object, String> {
    if let Object::Tuple(parts) = id
        && let [Object::Text(_), Object::Global(kind), Object::Text(key), ..] = parts.as_slice()
    {
        return Ok(Object::Storage { kind: kind.clone(), key: key.clone() });
    }
    Err("its pickle names no storage".to_owned())
}

/// What the two functions of a table of tensors give.
fn called(function: Object, arguments: Object) -> Object {
    let (Object::Global(name), Object::Tuple(arguments)) = (function, arguments) else { return Object::Other };
    match (name.as_str(), arguments.as_slice()) {
        ("OrderedDict", _) => Object::Table(Vec::new()),
        ("_rebuild_tensor_v2", [storage, Object::Number(offset), Object::Tuple(shape), ..]) => {
            let shape =
                shape.iter().map(|side| if let Object::Number(side) = side { *side } else { usize::MAX }).collect();
            Object::Tensor { storage: Box::new(storage.clone()), offset: *offset, shape }
        }
        _ => Object::Other,
    }
}
