//! Weights from an ONNX export of CAM++, by any exporter.
//!
//! Exporters name tensors anew and fold normalisations into convolutions, but they keep the order of the computation.
//! So the operators with weights are read in their order and get back the names of the published network. That the
//! result is that network is checked afterwards, by what it answers to a test signal.

use super::torch::Table;
use crate::voice::campplus::{BLOCKS, RESIDUALS};
use crate::voice::onnx::Graph;

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
            _ => Err(format!("it is not CAM++: a normalization layer is missing at `{name}`")),
        }
    }

    /// `norm`: the normalisation that follows, unless the exporter has folded it in and left a bias.
    fn product(&mut self, name: &str, norm: Option<&str>) -> Result<(), String> {
        let Some(Operator::Product(weights, bias)) = self.operators.next() else {
            return Err(format!("it is not CAM++: a convolution layer is missing at `{name}`"));
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
    let graph = Graph::read(bytes)?;
    let mut operators = Vec::new();
    for node in &graph.nodes {
        let name = |at: usize| node.inputs.get(at).copied().unwrap_or_default();
        let input = |at: usize| graph.tensor(name(at)).map(|tensor| tensor.floats().unwrap_or_default());
        match node.kind {
            "Conv" | "Gemm" | "MatMul" => {
                let Some(weights) = input(1) else { continue };
                operators.push(Operator::Product(weights, input(2)));
            }
            "BatchNormalization" => {
                let [Some(weight), Some(bias), Some(mean), Some(variance)] = [1, 2, 3, 4].map(input) else {
                    return Err("a normalization layer has no weights".to_owned());
                };
                operators.push(Operator::Normalization([weight, bias, mean, variance]));
            }
            _ => {}
        }
    }
    Ok(operators)
}
