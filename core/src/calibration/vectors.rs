//! Vectors: cosines, and codes of 8 bits for comparisons by the million.

/// Cosine of the angle between two vectors, -1 to 1; 0 where one has no length.
pub(crate) fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

/// Scales a vector to length 1; leaves one without length alone.
pub(crate) fn normalize(vector: &mut [f32]) {
    let length = vector.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x = (f64::from(*x) / length) as f32);
    }
}

/// Appends the codes of a vector: its values times 127 over the largest. What a code has to be
/// multiplied by to give the value of a vector of length 1 comes back.
pub(crate) fn encode(vector: &[f32], codes: &mut Vec<i8>) -> f32 {
    let (length, largest) =
        vector.iter().fold((0.0f32, 0.0f32), |(length, largest), x| (length + x * x, largest.max(x.abs())));
    let to_code = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    // Adding and taking away this rounds to whole numbers, without a call for each value.
    const ROUND: f32 = 12_582_912.0;
    codes.extend(vector.iter().map(|x| ((x * to_code + ROUND) - ROUND) as i8));
    if length > 0.0 { largest / 127.0 / length.sqrt() } else { 0.0 }
}

/// The inner products of many rows of codes with one.
#[inline(always)]
pub(crate) fn dots(rows: &[i8], one: &[i8], sums: &mut [i32]) {
    for (row, sum) in rows.chunks_exact(one.len().max(1)).zip(sums) {
        *sum = row.iter().zip(one).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
    }
}
