//! Reads ONNX files: the operators of a graph, and its tensors. It runs nothing.
//!
//! Files come from outside. What is kept of one are slices of its bytes and at most [`MOST`] parts.

use std::collections::HashMap;

/// The most operators and tensors that are taken.
const MOST: usize = 100_000;

/// Operators and constant tensors, in the order of the file.
pub(crate) struct Graph<'a> {
    pub(crate) nodes: Vec<Node<'a>>,
    tensors: HashMap<&'a str, Tensor<'a>>,
}

/// An operator.
pub(crate) struct Node<'a> {
    pub(crate) kind: &'a str,
    pub(crate) inputs: Vec<&'a str>,
    pub(crate) outputs: Vec<&'a str>,
    attributes: Vec<&'a [u8]>,
}

/// A constant.
#[derive(Clone)]
pub(crate) struct Tensor<'a> {
    pub(crate) sizes: Vec<usize>,
    kind: u64,
    raw: &'a [u8],
}

impl<'a> Graph<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, String> {
        const GRAPH: u32 = 7;
        const NODE: u32 = 1;
        const INITIALIZER: u32 = 5;
        let mut graph = None;
        for field in fields(bytes) {
            graph = graph.or(field?.bytes(GRAPH));
        }
        let mut found = Self { nodes: Vec::new(), tensors: HashMap::new() };
        for field in fields(graph.ok_or("it is not an ONNX file")?) {
            let field = field?;
            if let Some(tensor) = field.bytes(INITIALIZER) {
                let (name, tensor) = Tensor::read(tensor)?;
                found.tensors.insert(name, tensor);
            }
            if let Some(node) = field.bytes(NODE) {
                let node = Node::read(node)?;
                if let ("Constant", Some(name)) = (node.kind, node.outputs.first())
                    && let Some(tensor) = node.tensor()?
                {
                    found.tensors.insert(name, tensor);
                }
                found.nodes.push(node);
            }
            if found.nodes.len().max(found.tensors.len()) > MOST {
                return Err(format!("it has more than {MOST} nodes"));
            }
        }
        Ok(found)
    }

    pub(crate) fn tensor(&self, name: &str) -> Option<&Tensor<'a>> {
        self.tensors.get(name)
    }
}

impl<'a> Node<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, String> {
        const INPUT: u32 = 1;
        const OUTPUT: u32 = 2;
        const KIND: u32 = 4;
        const ATTRIBUTE: u32 = 5;
        let mut node = Self { kind: "", inputs: Vec::new(), outputs: Vec::new(), attributes: Vec::new() };
        for field in fields(bytes) {
            let field = field?;
            node.inputs.extend(field.bytes(INPUT).map(text).transpose()?);
            node.outputs.extend(field.bytes(OUTPUT).map(text).transpose()?);
            node.attributes.extend(field.bytes(ATTRIBUTE));
            if let Some(kind) = field.bytes(KIND) {
                node.kind = text(kind)?;
            }
        }
        Ok(node)
    }

    /// The first tensor among its attributes.
    fn tensor(&self) -> Result<Option<Tensor<'a>>, String> {
        const TENSOR: u32 = 5;
        for attribute in &self.attributes {
            for field in fields(attribute) {
                if let Some(tensor) = field?.bytes(TENSOR) {
                    return Tensor::read(tensor).map(|(_, tensor)| Some(tensor));
                }
            }
        }
        Ok(None)
    }

    /// The whole numbers of an attribute; none if it does not stand there.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<u64>, String> {
        const NAME: u32 = 1;
        const NUMBERS: u32 = 8;
        for attribute in &self.attributes {
            let (mut found, mut numbers) = (false, Vec::new());
            for field in fields(attribute) {
                let field = field?;
                found |= field.bytes(NAME) == Some(name.as_bytes());
                field.numbers(NUMBERS, &mut numbers)?;
            }
            if found {
                return Ok(numbers);
            }
        }
        Ok(Vec::new())
    }
}

impl<'a> Tensor<'a> {
    const FLOAT: u64 = 1;
    const INT8: u64 = 3;
    const FLOAT16: u64 = 10;

    /// A tensor and its name.
    fn read(bytes: &'a [u8]) -> Result<(&'a str, Self), String> {
        const SIZES: u32 = 1;
        const KIND: u32 = 2;
        const FLOATS: u32 = 4;
        const NAME: u32 = 8;
        const RAW: u32 = 9;
        let (mut name, mut sizes, mut kind, mut raw) = ("", Vec::new(), 0, &[][..]);
        for field in fields(bytes) {
            let field = field?;
            field.numbers(SIZES, &mut sizes)?;
            kind = field.number(KIND).unwrap_or(kind);
            raw = field.bytes(RAW).or(field.bytes(FLOATS)).unwrap_or(raw);
            if let Some(found) = field.bytes(NAME) {
                name = text(found)?;
            }
        }
        let sizes = sizes.into_iter().map(usize::try_from).collect::<Result<_, _>>().map_err(|_| broken())?;
        Ok((name, Self { sizes, kind, raw }))
    }

    /// Its values where they are floats of 32 or 16 bits, as many as its sizes say.
    pub(crate) fn floats(&self) -> Option<Vec<f32>> {
        let values: Vec<f32> = match self.kind {
            Self::FLOAT => self.raw.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect(),
            Self::FLOAT16 => self.raw.as_chunks().0.iter().map(|two| from_float16(u16::from_le_bytes(*two))).collect(),
            _ => return None,
        };
        (self.len() == Some(values.len())).then_some(values)
    }

    /// Its values where they are whole numbers of 8 bits, with a sign.
    pub(crate) fn bytes(&self) -> Option<&'a [u8]> {
        (self.kind == Self::INT8 && self.len() == Some(self.raw.len())).then_some(self.raw)
    }

    fn len(&self) -> Option<usize> {
        self.sizes.iter().try_fold(1usize, |len, size| len.checked_mul(*size))
    }
}

/// A float of 16 bits that is finite.
fn from_float16(bits: u16) -> f32 {
    // The exponents of the two formats are 112 apart.
    let size = f32::from_bits(u32::from(bits & 0x7fff) << 13) * 2f32.powi(112);
    if bits >> 15 == 0 { size } else { -size }
}

/// One field of a protocol buffer.
struct Field<'a> {
    number: u32,
    value: Value<'a>,
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Other,
}

impl<'a> Field<'a> {
    fn bytes(&self, number: u32) -> Option<&'a [u8]> {
        match self.value {
            Value::Bytes(bytes) if self.number == number => Some(bytes),
            _ => None,
        }
    }

    fn number(&self, number: u32) -> Option<u64> {
        match self.value {
            Value::Number(value) if self.number == number => Some(value),
            _ => None,
        }
    }

    /// Adds the numbers of a repeated field, which are written one by one or in one piece.
    fn numbers(&self, number: u32, found: &mut Vec<u64>) -> Result<(), String> {
        found.extend(self.number(number));
        let mut packed = self.bytes(number).unwrap_or_default();
        while !packed.is_empty() {
            found.push(varint(&mut packed).ok_or_else(broken)?);
        }
        Ok(())
    }
}

fn broken() -> String {
    "it is damaged, or not an ONNX file".to_owned()
}

fn text(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|_| broken())
}

fn fields(mut bytes: &[u8]) -> impl Iterator<Item = Result<Field<'_>, String>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let field = field(&mut bytes).ok_or_else(broken);
        if field.is_err() {
            bytes = &[];
        }
        Some(field)
    })
}

fn field<'a>(bytes: &mut &'a [u8]) -> Option<Field<'a>> {
    let key = varint(bytes)?;
    let number = u32::try_from(key >> 3).ok()?;
    let value = match key & 7 {
        0 => Value::Number(varint(bytes)?),
        1 => take(bytes, 8).map(|_| Value::Other)?,
        2 => {
            let length = usize::try_from(varint(bytes)?).ok()?;
            Value::Bytes(take(bytes, length)?)
        }
        5 => take(bytes, 4).map(|_| Value::Other)?,
        _ => return None,
    };
    Some(Field { number, value })
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes, 1)?[0];
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_of_16_bits_are_read() {
        for (bits, value) in [(0x3c00, 1.0), (0xc000, -2.0), (0x7bff, 65504.0), (0x0001, 2f32.powi(-24)), (0x8000, 0.0)]
        {
            assert_eq!(from_float16(bits), value, "{bits:x}");
        }
    }

    #[test]
    fn files_that_are_cut_off_are_refused() {
        let whole = include_bytes!("../../models/speaker.onnx");
        assert!(Graph::read(whole).is_ok());
        for end in (1..whole.len()).step_by(997) {
            assert!(Graph::read(&whole[..end]).is_err(), "{end}");
        }
    }
}
