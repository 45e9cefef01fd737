//! Weights out of an ONNX export of CAM++, whoever made it.
//!
//! Exporters name tensors anew and fold normalisations into convolutions, but they keep the order of the computation.
//! So the operators with weights are read in their order and get back the names of the published network. That the
//! result is that network is checked afterwards, by what it answers to a test signal.

use std::collections::HashMap;

use super::torch::Table;
use crate::voice::campplus::{BLOCKS, RESIDUALS};

/// What PyTorch adds to a variance; taken away again where a normalisation is made up.
const EPSILON: f32 = 1e-5;

/// An operator with weights.
enum Operator {
    /// A convolution or a matrix: weights, and bias if any.
    Product(Vec<f32>, Option<Vec<f32>>),
    /// Weight, bias, mean and variance.
    Normalization([Vec<f32>; 4]),
}

/// The tensors of an export by the names that the published network has for them.
pub(crate) fn read(bytes: &[u8]) -> Result<Table, String> {
    let operators = operators(bytes)?;
    let mut naming = Naming { operators: operators.into_iter().peekable(), table: Table::new() };
    naming.product("head.conv1", Some("head.bn1"))?;
    for (number, halves) in RESIDUALS.into_iter().enumerate() {
        let name = format!("head.layer{}.{}", number / 2 + 1, number % 2);
        for part in ["1", "2"] {
            naming.product(&format!("{name}.conv{part}"), Some(&format!("{name}.bn{part}")))?;
        }
        if halves {
            naming.product(&format!("{name}.shortcut.0"), Some(&format!("{name}.shortcut.1")))?;
        }
    }
    naming.product("head.conv2", Some("head.bn2"))?;
    naming.product("xvector.tdnn.linear", Some("xvector.tdnn.nonlinear.batchnorm"))?;
    for (number, (layers, _, _)) in BLOCKS.into_iter().enumerate() {
        for layer in 1..=layers {
            let name = format!("xvector.block{}.tdnnd{layer}", number + 1);
            naming.normalization(&format!("{name}.nonlinear1.batchnorm"))?;
            naming.product(&format!("{name}.linear1"), Some(&format!("{name}.nonlinear2.batchnorm")))?;
            for part in ["linear_local", "linear1", "linear2"] {
                naming.product(&format!("{name}.cam_layer.{part}"), None)?;
            }
        }
        naming.normalization(&format!("xvector.transit{}.nonlinear.batchnorm", number + 1))?;
        // Exporters fold the normalisation after the last one, too.
        let norm = (number + 1 == BLOCKS.len()).then_some("xvector.out_nonlinear.batchnorm");
        naming.product(&format!("xvector.transit{}.linear", number + 1), norm)?;
    }
    naming.product("xvector.dense.linear", Some("xvector.dense.nonlinear.batchnorm"))?;
    Ok(naming.table)
}

struct Naming<I: Iterator<Item = Operator>> {
    operators: std::iter::Peekable<I>,
    table: Table,
}

impl<I: Iterator<Item = Operator>> Naming<I> {
    fn put(&mut self, name: &str, part: &str, values: Vec<f32>) {
        self.table.insert(format!("{name}.{part}"), (vec![values.len()], values));
    }

    fn normalization(&mut self, name: &str) -> Result<(), String> {
        match self.operators.next() {
            Some(Operator::Normalization(values)) => {
                for (part, values) in ["weight", "bias", "running_mean", "running_var"].into_iter().zip(values) {
                    self.put(name, part, values);
                }
                Ok(())
            }
            _ => Err(format!("it is not CAM++: a normalisation is missing at `{name}`")),
        }
    }

    /// `norm`: the normalisation that follows, unless the exporter has folded it in and left a bias.
    fn product(&mut self, name: &str, norm: Option<&str>) -> Result<(), String> {
        let Some(Operator::Product(weights, bias)) = self.operators.next() else {
            return Err(format!("it is not CAM++: a convolution is missing at `{name}`"));
        };
        self.put(name, "weight", weights);
        match (norm, bias) {
            (None, Some(bias)) => self.put(name, "bias", bias),
            (None, None) => {}
            (Some(norm), None) => self.normalization(norm)?,
            (Some(norm), Some(bias)) => {
                let channels = bias.len();
                self.put(norm, "weight", vec![1.0; channels]);
                self.put(norm, "bias", bias);
                self.put(norm, "running_mean", vec![0.0; channels]);
                self.put(norm, "running_var", vec![1.0 - EPSILON; channels]);
            }
        }
        Ok(())
    }
}

/// The operators with weights, in the order of the computation.
fn operators(bytes: &[u8]) -> Result<Vec<Operator>, String> {
    const GRAPH: u32 = 7;
    const NODE: u32 = 1;
    const INITIALIZER: u32 = 5;
    let graph = fields(bytes)?.into_iter().find_map(|field| field.bytes(GRAPH)).ok_or("it is not an ONNX file")?;
    let graph = fields(graph)?;
    let mut tensors = HashMap::new();
    for tensor in graph.iter().filter_map(|field| field.bytes(INITIALIZER)) {
        let (name, values) = tensor_of(tensor)?;
        tensors.insert(name, values);
    }
    let mut operators = Vec::new();
    for node in graph.iter().filter_map(|field| field.bytes(NODE)) {
        const INPUT: u32 = 1;
        const OUTPUT: u32 = 2;
        const KIND: u32 = 4;
        const ATTRIBUTE: u32 = 5;
        let node = fields(node)?;
        let text = |number| {
            node.iter()
                .filter_map(move |field| field.bytes(number))
                .map(|name| String::from_utf8_lossy(name).into_owned())
        };
        let inputs: Vec<String> = text(INPUT).collect();
        let mut input = |at: usize| inputs.get(at).and_then(|name| tensors.get(name).cloned());
        match text(KIND).next().as_deref() {
            Some("Conv" | "Gemm" | "MatMul") => {
                let Some(weights) = input(1) else { continue };
                operators.push(Operator::Product(weights, input(2)));
            }
            Some("BatchNormalization") => {
                let parts = [1, 2, 3, 4].map(&mut input);
                let [Some(weight), Some(bias), Some(mean), Some(variance)] = parts else {
                    return Err("a normalisation of it has no weights".to_owned());
                };
                operators.push(Operator::Normalization([weight, bias, mean, variance]));
            }
            Some("Constant") => {
                const TENSOR: u32 = 5;
                let attribute = node.iter().filter_map(|field| field.bytes(ATTRIBUTE)).next().unwrap_or_default();
                let tensor = fields(attribute)?.into_iter().find_map(|field| field.bytes(TENSOR));
                if let (Some(tensor), Some(name)) = (tensor, text(OUTPUT).next()) {
                    tensors.insert(name, tensor_of(tensor)?.1);
                }
            }
            _ => {}
        }
    }
    Ok(operators)
}

/// The name of a tensor and its values; no values where they are not 32-bit floats.
fn tensor_of(bytes: &[u8]) -> Result<(String, Vec<f32>), String> {
    const TYPE: u32 = 2;
    const FLOATS: u32 = 4;
    const NAME: u32 = 8;
    const RAW: u32 = 9;
    const FLOAT: u64 = 1;
    let fields = fields(bytes)?;
    let name = fields.iter().find_map(|field| field.bytes(NAME)).unwrap_or_default();
    let name = String::from_utf8_lossy(name).into_owned();
    let kind = fields.iter().find_map(|field| field.number(TYPE));
    if kind != Some(FLOAT) {
        return Ok((name, Vec::new()));
    }
    let raw = fields.iter().find_map(|field| field.bytes(RAW)).or(fields.iter().find_map(|field| field.bytes(FLOATS)));
    let values =
        raw.unwrap_or_default().chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    Ok((name, values.collect()))
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
}

fn fields(mut bytes: &[u8]) -> Result<Vec<Field<'_>>, String> {
    let broken = || "it is damaged, or not an ONNX file".to_owned();
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes).ok_or_else(broken)?;
        let number = u32::try_from(key >> 3).map_err(|_| broken())?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut bytes).ok_or_else(broken)?),
            2 => {
                let length = usize::try_from(varint(&mut bytes).ok_or_else(broken)?).map_err(|_| broken())?;
                Value::Bytes(take(&mut bytes, length).ok_or_else(broken)?)
            }
            kind @ (1 | 5) => {
                take(&mut bytes, if kind == 1 { 8 } else { 4 }).map(|_| Value::Other).ok_or_else(broken)?
            }
            _ => return Err(broken()),
        };
        found.push(Field { number, value });
    }
    Ok(found)
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
