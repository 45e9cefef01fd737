//! A network from an ONNX file that `training` wrote: weights by their names, sizes from their shapes, and strides and
//! dilations from the operators. Such files may come from outside.

use std::collections::{HashMap, HashSet};

use super::super::kernels::{Kernel, Packed, Shape, Weights};
use super::super::layers::{FINE, Gate, Product};
use super::{AROUND, BANDS, Block, Compact, Layer};
use crate::voice::onnx::{Graph, Node};

/// The most layers of the stem, and the most blocks, that are taken.
const MOST: usize = 32;

/// The farthest that a block looks along time, in rows.
const FARTHEST: usize = 64;

/// Channels in a row of the stem that holds two frames.
const ROW: usize = 32;

/// Taps of a convolution of the stem, along bands and along time.
const SIDE: usize = 3;

/// The network that a file holds. Fails for a network of another plan.
pub(crate) fn build(kernel: Kernel, bytes: &[u8]) -> Result<Compact, String> {
    let graph = Graph::read(bytes)?;
    Plan::new(kernel, &graph).network()
}

struct Plan<'a> {
    kernel: Kernel,
    graph: &'a Graph<'a>,
    /// Convolutions by the names of their weights.
    convolutions: HashMap<&'a str, &'a Node<'a>>,
    /// What is added to something.
    added: HashSet<&'a str>,
}

/// Weights of a convolution or a matrix: outputs x inputs x taps.
struct Folded {
    weights: Vec<f32>,
    outputs: usize,
    inputs: usize,
    taps: usize,
    bias: Vec<f32>,
    /// Along bands, if it has them, and along time.
    strides: Vec<u64>,
    dilation: usize,
    /// Whether something is added to what comes out.
    residual: bool,
}

impl Folded {
    fn at(&self, tap: usize, input: usize, output: usize) -> f32 {
        self.weights[(output * self.inputs + input) * self.taps + tap]
    }

    /// The same, and none beyond its sizes.
    fn padded(&self, tap: usize, input: usize, output: usize) -> f32 {
        if input < self.inputs && output < self.outputs { self.at(tap, input, output) } else { 0.0 }
    }
}

/// What a layer of the stem is fed with: so many channels of so many frames in a row.
struct Before {
    channels: usize,
    together: usize,
}

fn another() -> String {
    "it is not a network of this architecture".to_owned()
}

impl<'a> Plan<'a> {
    fn new(kernel: Kernel, graph: &'a Graph<'a>) -> Self {
        let (mut convolutions, mut added) = (HashMap::new(), HashSet::new());
        for node in &graph.nodes {
            match (node.kind, node.inputs.get(1)) {
                ("Conv", Some(weights)) => drop(convolutions.insert(*weights, node)),
                ("Add", _) => added.extend(node.inputs.iter().copied()),
                _ => {}
            }
        }
        Self { kernel, graph, convolutions, added }
    }

    fn network(&self) -> Result<Compact, String> {
        let (stem, channels, bands) = self.stem()?;
        let into = self.folded("into.0", 1)?;
        let width = into.outputs;
        check(into.inputs == bands * channels)?;
        // The file has channel after channel, all bands of each; here each band is a tap.
        let shape = Shape::new(bands, channels, width);
        let packed =
            Packed::new(
                shape,
                |band, channel, output| {
                    if channel < channels { into.padded(0, channel * bands + band, output) } else { 0.0 }
                },
            );
        let into = Product::new(self.kernel, shape, &packed, into.bias);
        let count = self.count("blocks", "body.0")?;
        let blocks = (0..count).map(|number| self.block(number, width)).collect::<Result<Vec<_>, _>>()?;
        let gather = self.folded("gather.0", 1)?;
        let (pooled, gathered) = (gather.outputs, gather.inputs / width);
        check(gather.inputs == gathered * width && (1..=blocks.len()).contains(&gathered))?;
        let shape = Shape::new(gathered, width, pooled);
        let packed =
            Packed::new(
                shape,
                |tap, input, output| {
                    if input < width { gather.padded(0, tap * width + input, output) } else { 0.0 }
                },
            );
        let gather = Product::new(self.kernel, shape, &packed, gather.bias);
        let (attend, weigh) = (self.folded("attend.0", 1)?, self.folded("attend.2", 1)?);
        check(attend.inputs == pooled && weigh.inputs == attend.outputs && weigh.outputs == pooled)?;
        let attend = self.product(attend, Folded::padded);
        // Its bias is the same at each moment, and so weighs nothing.
        let shape = Shape::new(1, weigh.inputs, weigh.outputs);
        let packed = Packed::new(shape, |_, input, output| weigh.padded(0, input, output));
        let weigh = Weights::new(self.kernel, shape, &packed, true);
        let out = self.folded("out", 1)?;
        check(out.inputs == 2 * pooled)?;
        let (out, out_bias) = (out.weights, out.bias);
        Ok(Compact { kernel: self.kernel, stem, into, blocks, gathered, gather, attend, weigh, out, out_bias })
    }

    /// The stem, and the channels and bands that come out of it.
    fn stem(&self) -> Result<(Vec<Layer>, usize, usize), String> {
        let count = self.count("stem", "conv")?;
        let folded: Vec<Folded> = (0..count)
            .map(|number| self.folded(&format!("stem.{number}.conv"), SIDE * SIDE))
            .collect::<Result<_, _>>()?;
        let (mut layers, mut bands) = (Vec::new(), BANDS);
        let mut before = None;
        for (number, folded_layer) in folded.iter().enumerate() {
            let layer = self.layer(folded_layer, before.as_ref(), folded.get(number + 1))?;
            bands = bands.div_ceil(layer.stride_bands);
            before = Some(Before { channels: layer.channels, together: layer.together });
            layers.push(layer);
        }
        let channels = before.ok_or_else(another)?.channels;
        Ok((layers, channels, bands))
    }

    /// A layer of the stem; nothing comes before the first, which is fed with features.
    fn layer(&self, folded: &Folded, before: Option<&Before>, next: Option<&Folded>) -> Result<Layer, String> {
        let [stride_bands @ 1..=2, stride @ 1..=2] = folded.strides[..] else { return Err(another()) };
        let (stride_bands, stride) = (stride_bands as usize, stride as usize);
        let Folded { outputs, residual, .. } = *folded;
        // Two frames of few channels fill a row, where the next layer moves on by two.
        let pairs = next.is_some_and(|next| next.strides.last() == Some(&2) && !next.residual);
        let together = if pairs && !residual && 2 * outputs <= ROW { 2 } else { 1 };
        let unit = before.map_or(1, |before| before.together);
        let values = before.map_or(AROUND, |before| before.channels);
        check(folded.inputs == before.map_or(1, |before| before.channels) && (stride * together).is_multiple_of(unit))?;
        check(!residual || (before.is_some() && stride * stride_bands * unit == 1 && folded.inputs == outputs))?;
        let farthest = (stride * (together - 1) + 1) as isize;
        // A row of features is read together with those after it, and has the bands around its own in it.
        let (planes, offsets, depth): (_, Vec<isize>, _) = match before {
            Some(_) => {
                let unit = unit as isize;
                (SIDE, ((-1isize).div_euclid(unit)..=farthest.div_euclid(unit)).collect(), unit as usize * values)
            }
            None => (1, vec![-1], (farthest as usize + 2) * AROUND),
        };
        let shape = Shape::new(planes * offsets.len() + usize::from(residual), depth, together * outputs);
        let packed = Packed::new(shape, |tap, input, column| {
            if input >= depth || column >= together * outputs {
                return 0.0;
            }
            if tap == planes * offsets.len() {
                return f32::from(u8::from(input == column));
            }
            let frame = offsets[tap % offsets.len()] * unit as isize + (input / values) as isize;
            let along = frame - (stride * (column / outputs)) as isize + 1;
            let (across, input, factor) = match before {
                Some(_) => (tap / offsets.len(), input % values, 1.0),
                // The first half of a row is coarse, the second one fine.
                None if input % AROUND < AROUND / 2 => (input % AROUND, 0, 1.0),
                None => (input % AROUND - AROUND / 2, 0, FINE),
            };
            match usize::try_from(along) {
                Ok(along) if along < SIDE && across < SIDE => {
                    factor * folded.at(across * SIDE + along, input, column % outputs)
                }
                _ => 0.0,
            }
        });
        let make = if before.is_some() { Product::new } else { Product::signed };
        let product = make(self.kernel, shape, &packed, folded.bias.repeat(together));
        let step = stride * together / unit;
        Ok(Layer {
            product,
            channels: outputs,
            together,
            stride_bands,
            stride_frames: stride,
            planes,
            offsets,
            step,
            residual,
        })
    }

    fn block(&self, number: usize, width: usize) -> Result<Block, String> {
        let name = |part: &str| format!("blocks.{number}.{part}");
        let (narrow, along) = (self.folded(&name("body.0"), 1)?, self.folded(&name("body.3"), 3)?);
        let (wide, dilation) = (self.folded(&name("body.6"), 1)?, along.dilation);
        let inside = narrow.outputs;
        check(narrow.inputs == width && along.inputs == inside && along.outputs == inside)?;
        check(wide.inputs == inside && wide.outputs == width && (1..=FARTHEST).contains(&dilation))?;
        let (down, up) = (self.folded(&name("gate.down"), 1)?, self.folded(&name("gate.up"), 1)?);
        check(down.inputs == width && up.inputs == down.outputs && up.outputs == width)?;
        Ok(Block {
            narrow: self.product(narrow, Folded::padded),
            along: self.product(along, Folded::padded),
            dilation,
            wide: self.product(wide, Folded::padded),
            gate: Gate { squeeze: down.weights, squeeze_bias: down.bias, excite: up.weights, excite_bias: up.bias },
        })
    }

    /// `weight` finds the weight of a tap, an input and an output.
    fn product(&self, folded: Folded, weight: impl Fn(&Folded, usize, usize, usize) -> f32) -> Product {
        let shape = Shape::new(folded.taps, folded.inputs, folded.outputs);
        let packed = Packed::new(shape, |tap, input, output| weight(&folded, tap, input, output));
        Product::new(self.kernel, shape, &packed, folded.bias)
    }

    /// How many parts of this kind there are.
    fn count(&self, kind: &str, part: &str) -> Result<usize, String> {
        let there = |number: &usize| self.graph.tensor(&format!("{kind}.{number}.{part}.bias")).is_some();
        let count = (0..).take_while(there).count();
        check((1..=MOST).contains(&count))?;
        Ok(count)
    }

    fn folded(&self, name: &str, taps: usize) -> Result<Folded, String> {
        let weight_name = format!("{name}.weight");
        let (sizes, weights) = self.weights(&weight_name)?;
        let [outputs, inputs, ref along @ ..] = sizes[..] else { return Err(another()) };
        check(outputs > 0 && inputs > 0 && along.iter().product::<usize>() == taps)?;
        let bias = self.graph.tensor(&format!("{name}.bias")).and_then(|bias| bias.floats()).ok_or_else(another)?;
        check(bias.len() == outputs && weights.iter().chain(&bias).all(|value| value.is_finite()))?;
        let operator = self.convolutions.get(weight_name.as_str());
        let numbers = |name| operator.map_or(Ok(Vec::new()), |operator| operator.numbers(name));
        let dilation = numbers("dilations")?.first().map_or(Some(1), |dilation| usize::try_from(*dilation).ok());
        let residual = operator.is_some_and(|operator| operator.outputs.iter().any(|out| self.added.contains(out)));
        let (strides, dilation) = (numbers("strides")?, dilation.ok_or_else(another)?);
        Ok(Folded { weights, outputs, inputs, taps, bias, strides, dilation, residual })
    }

    /// A tensor as floats: stored as such, or in fewer bits, with a scale for each output where these are whole
    /// numbers.
    fn weights(&self, name: &str) -> Result<(Vec<usize>, Vec<f32>), String> {
        let stored = format!("{name}.stored");
        let tensor = self.graph.tensor(name).or_else(|| self.graph.tensor(&stored)).ok_or_else(another)?;
        if let Some(values) = tensor.floats() {
            return Ok((tensor.sizes.clone(), values));
        }
        let scales = self.graph.tensor(&format!("{name}.scale")).and_then(|scales| scales.floats());
        let (Some(bytes), Some(scales)) = (tensor.bytes(), scales) else { return Err(another()) };
        check(!scales.is_empty() && tensor.sizes.first() == Some(&scales.len()) && !bytes.is_empty())?;
        let each = bytes.len() / scales.len();
        let mut values = Vec::with_capacity(bytes.len());
        for (row, scale) in bytes.chunks_exact(each).zip(&scales) {
            values.extend(row.iter().map(|byte| f32::from(byte.cast_signed()) * scale));
        }
        Ok((tensor.sizes.clone(), values))
    }
}

fn check(fits: bool) -> Result<(), String> {
    if fits { Ok(()) } else { Err(another()) }
}
