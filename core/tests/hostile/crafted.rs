//! Files built to cost time or memory.

use super::*;

// Limits.

#[test]
fn a_small_file_of_ten_hours_is_stopped_at_the_limit() {
    let _alone = alone();
    for limit in [60.0, 120.0] {
        let (result, _) = inspect("ten hours", clip("fault-ten-hours.flac"), &seconds(limit));
        let error = result.unwrap_err();
        assert_eq!(error.code(), "recording_too_long");
        assert!(error.to_string().contains(&format!("{limit:.0} s")), "{error}");
    }
    let (result, _) = inspect("one clip", clip("fmt-s16.wav"), &seconds(0.5));
    assert_eq!(result.unwrap_err().code(), "recording_too_long");
}

#[test]
fn a_large_file_is_not_read() {
    let _alone = alone();
    let bytes = clip("fmt-s16.wav");
    let mut limits = Limits::default();
    limits.max_bytes = bytes.len() as u64 - 1;
    let found = blocking::inspect(&Recording::from_bytes(bytes.clone()), &limits, &CallOptions::new());
    assert_eq!(found.unwrap_err().code(), "recording_too_large");
    limits.max_bytes += 1;
    assert!(blocking::inspect(&Recording::from_bytes(bytes), &limits, &CallOptions::new()).is_ok());
}

#[test]
fn a_header_that_claims_hours_counts_for_what_is_there() {
    let _alone = alone();
    let (result, _) = inspect("claims hours", clip("fault-claims-hours.wav"), &seconds(60.0));
    assert!((result.unwrap().duration - 1.0).abs() < 0.1);
}

#[test]
fn a_sample_rate_beyond_reason_is_damage() {
    let _alone = alone();
    assert_eq!(answer("128 Hz", clip("fault-rate-128.wav")), "recording_damaged");
    for rate in [0, 1, 3_999, 384_001, u32::MAX] {
        let code = answer(&format!("{rate} Hz"), wav(1, rate, 16, &[1; 32_000]));
        assert_ne!(code, "ok", "{rate} Hz");
    }
    assert_eq!(answer("383,999 Hz", wav(1, 383_999, 16, &[1; 1_000_000])), "ok");
}

// RIFF.

fn chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [id, &(body.len() as u32).to_le_bytes()[..], body].concat()
}

fn wav(channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
    let frame = channels.wrapping_mul(bits / 8);
    let format = [
        &1u16.to_le_bytes()[..],
        &channels.to_le_bytes(),
        &rate.to_le_bytes(),
        &rate.wrapping_mul(u32::from(frame)).to_le_bytes(),
        &frame.to_le_bytes(),
        &bits.to_le_bytes(),
    ]
    .concat();
    chunk(b"RIFF", &[b"WAVE", &chunk(b"fmt ", &format)[..], &chunk(b"data", data)].concat())
}

#[test]
fn many_channels_cost_nothing() {
    let _alone = alone();
    for channels in [0, 65, 1000, 32_768, u16::MAX] {
        for bits in [8, 16, 32] {
            let code =
                answer(&format!("WAV, {channels} channels of {bits} bits"), wav(channels, 16_000, bits, &[7; 1 << 20]));
            assert_ne!(code, "ok");
        }
    }
    let common = [
        &u16::MAX.to_be_bytes()[..],
        &9u32.to_be_bytes(),
        &8u16.to_be_bytes(),
        &[0x40, 0x0c, 0xfa, 0, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    let sound = [&[0; 8][..], &vec![1; 600_000]].concat();
    let aiff = be_chunk(b"FORM", &[b"AIFF", &be_chunk(b"COMM", &common)[..], &be_chunk(b"SSND", &sound)].concat());
    assert_ne!(answer("AIFF, 65535 channels", aiff), "ok");
}

fn be_chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [id, &(body.len() as u32).to_be_bytes()[..], body].concat()
}

#[test]
fn nested_lists_do_not_exhaust_the_stack() {
    let _alone = alone();
    for id in [b"LIST", b"RIFF"] {
        let headers: Vec<u8> = (0..100_000u32)
            .rev()
            .flat_map(|depth| [&id[..], &(depth * 12 + 4).to_le_bytes(), b"INFO"].concat())
            .collect();
        let inside = [b"WAVE", &headers[..]].concat();
        answer("nested LIST", chunk(b"RIFF", &inside));
    }
}

// ID3.

fn id3(size: u32) -> Vec<u8> {
    let bytes = [size >> 21 & 0x7f, size >> 14 & 0x7f, size >> 7 & 0x7f, size & 0x7f].map(|b| b as u8);
    [b"ID3\x04\0\0", &bytes[..]].concat()
}

#[test]
fn tags_that_claim_or_repeat_are_passed_over() {
    let _alone = alone();
    let claims = [id3((1 << 28) - 1), vec![0; 90]].concat();
    assert_eq!(answer("ID3 of 256 MB in 100 bytes", claims), "recording_damaged");
    assert_ne!(answer("a million ID3 tags", id3(0).repeat(1_000_000)), "ok");
    let tagged = [id3(0).repeat(1000), clip("fmt-s16.wav")].concat();
    answer("a thousand ID3 tags, then sound", tagged);
}

// MPEG audio.

#[test]
fn a_rate_that_changes_with_every_frame_costs_no_more_than_its_size() {
    let _alone = alone();
    // MPEG-1 layer III, 32 kbit/s, mono, at 44.1 and at 48 kHz: silent frames of 104 and 96 bytes.
    let frame = |rate: u8, len: usize| [&[0xff, 0xfb, 0x10 | rate << 2, 0xc4][..], &vec![0; len - 4]].concat();
    let [one, other] = [frame(0, 104), frame(1, 96)];
    let bytes = [one.repeat(20), [other, one].concat().repeat(1100)].concat();
    answer("MP3 of 55 s with two rates", bytes);
}

// MP4.

fn atom(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], name, body].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn ftyp() -> Vec<u8> {
    atom(b"ftyp", b"isom\0\0\0\0isom")
}

fn mvhd() -> Vec<u8> {
    atom(b"mvhd", &words(&[&[0, 0, 0, 1000, 0, 0x0001_0000, 0x0100_0000], &[0; 18][..]].concat()))
}

/// A track of 16-bit PCM at 16 kHz with the given sample tables.
fn trak(id: u32, tables: &[Vec<u8>]) -> Vec<u8> {
    let tkhd = atom(b"tkhd", &words(&[&[7, 0, 0, id, 0, 0], &[0; 15][..]].concat()));
    let mdhd = atom(b"mdhd", &words(&[0, 0, 0, 16_000, u32::MAX, 0x55c4_0000]));
    let hdlr = atom(b"hdlr", &[&words(&[0, 0])[..], b"soun", &[0; 13]].concat());
    let entry = atom(b"sowt", &words(&[0, 1, 0, 0, 0x0001_0010, 0, 16_000 << 16]));
    let stsd = atom(b"stsd", &[words(&[0, 1]), entry].concat());
    let stbl = atom(b"stbl", &[vec![stsd], tables.to_vec()].concat().concat());
    let minf = atom(b"minf", &[atom(b"smhd", &[0; 8]), stbl].concat());
    atom(b"trak", &[tkhd, atom(b"mdia", &[mdhd, hdlr, minf].concat())].concat())
}

fn no_tables() -> [Vec<u8>; 4] {
    [
        atom(b"stts", &words(&[0, 0])),
        atom(b"stsc", &words(&[0, 0])),
        atom(b"stsz", &words(&[0, 0, 0])),
        atom(b"stco", &words(&[0, 0])),
    ]
}

fn moof(number: u32, traf: &[u8]) -> Vec<u8> {
    atom(b"moof", &[&atom(b"mfhd", &words(&[0, number]))[..], traf].concat())
}

fn trex(id: u32) -> Vec<u8> {
    atom(b"trex", &words(&[0, id, 1, 1, 0, 0]))
}

#[test]
fn atoms_larger_than_the_file_or_empty_are_damage() {
    let _alone = alone();
    for size in [0u32, 1, 2, 7, 0x7fff_ffff, u32::MAX] {
        for name in [b"moov", b"mdat", b"meta", b"free", b"moof", b"sidx"] {
            let bytes = [&ftyp()[..], &size.to_be_bytes(), name, &[0; 64]].concat();
            assert_ne!(answer(&format!("atom {} of {size}", name.escape_ascii()), bytes), "ok");
        }
    }
}

#[test]
fn nested_atoms_do_not_exhaust_the_stack() {
    let _alone = alone();
    let paths: [&[&[u8; 4]]; 5] = [
        &[b"moov"],
        &[b"moov", b"trak"],
        &[b"udta", b"meta"],
        &[b"moov", b"udta", b"meta", b"ilst"],
        &[b"moof", b"traf"],
    ];
    for path in paths {
        const DEPTH: u32 = 100_000;
        let headers = (0..DEPTH).flat_map(|depth| {
            let name = path[depth as usize % path.len()];
            [&((DEPTH - depth) * 12).to_be_bytes()[..], name, &[0; 4]].concat()
        });
        let bytes = [ftyp(), headers.collect()].concat();
        assert_ne!(answer(&format!("nested {}", path[0].escape_ascii()), bytes), "ok");
    }
}

#[test]
fn billions_of_empty_samples_end_soon() {
    let _alone = alone();
    let moov = atom(b"moov", &[mvhd(), trak(1, &no_tables()), atom(b"mvex", &trex(1))].concat());
    let tfhd = atom(b"tfhd", &words(&[0, 1]));
    let trun = atom(b"trun", &words(&[0, u32::MAX]));
    let moof = moof(1, &atom(b"traf", &[tfhd, trun].concat()));
    let bytes = [&ftyp()[..], &moov, &moof, &atom(b"mdat", &[0; 64])].concat();
    assert_eq!(answer("MP4 fragment of 4 billion empty samples", bytes), "recording_damaged");
    // The demuxer takes an atom that is to reach to the end for an empty one.
    let bytes = [&ftyp()[..], &moov, b"\0\0\0\0free", &moof, &atom(b"mdat", &[0; 64])].concat();
    assert_eq!(answer("the same behind an atom without a size", bytes), "recording_damaged");
}

#[test]
fn atoms_without_number_are_refused() {
    let _alone = alone();
    assert_ne!(answer("5 million empty atoms", [ftyp(), atom(b"free", &[]).repeat(5_000_000)].concat()), "ok");
    let edits = atom(b"elst", &words(&[&[0, u32::MAX], &[1; 300_000][..]].concat()));
    let list = atom(b"trak", &atom(b"edts", &edits));
    assert_ne!(answer("100,000 edits", [ftyp(), atom(b"moov", &[mvhd(), list].concat())].concat()), "ok");
}

#[test]
fn many_tracks_and_fragments_take_no_memory_of_their_product() {
    let _alone = alone();
    const TRACKS: u32 = 2000;
    let traks: Vec<u8> = (1..=TRACKS).flat_map(|id| trak(id, &no_tables())).collect();
    let trexs: Vec<u8> = (1..=TRACKS).flat_map(trex).collect();
    let moov = atom(b"moov", &[mvhd(), traks, atom(b"mvex", &trexs)].concat());
    let fragments: Vec<u8> = (1..=10_000).flat_map(|number| moof(number, &[])).collect();
    let bytes = [ftyp(), moov, fragments, atom(b"mdat", &[0; 64])].concat();
    assert_ne!(answer("MP4 with 2000 tracks and 10,000 fragments", bytes), "ok");
}

#[test]
fn long_tables_of_samples_can_be_timed_out() {
    let _alone = alone();
    // Each sample is two bytes of sound and has an entry of its own in each table.
    const SAMPLES: u32 = 200_000;
    let table =
        |name, head: &[u32], entry: &[u32]| atom(name, &words(&[head, &entry.repeat(SAMPLES as usize)].concat()));
    let tables = [
        table(b"stts", &[0, SAMPLES], &[1, 1]),
        atom(b"stsc", &words(&[0, 1, 1, SAMPLES, 1])),
        table(b"stsz", &[0, 0, SAMPLES], &[2]),
        atom(b"stco", &words(&[0, 1, 28])),
    ];
    let sound = atom(b"mdat", &[0; 2 * SAMPLES as usize]);
    let bytes = [ftyp(), sound.clone(), atom(b"moov", &[mvhd(), trak(1, &tables)].concat())].concat();
    let in_time = |bytes: Vec<u8>| {
        let control = CallOptions::new().timeout(Duration::from_secs(1));
        let start = Instant::now();
        let result = blocking::inspect(&Recording::from_bytes(bytes), &seconds(60.0), &control);
        assert!(start.elapsed() < PATIENCE);
        result.map_or_else(|error| error.code(), |_| "ok")
    };
    // The demuxer walks the whole table for each sample.
    assert_eq!(in_time(bytes), "timed_out");
    let tables =
        atom(b"traf", &[atom(b"tfhd", &words(&[0, 1])), table(b"trun", &[0x301, SAMPLES, 28], &[1, 2])].concat());
    let moov = atom(b"moov", &[mvhd(), trak(1, &no_tables()), atom(b"mvex", &trex(1))].concat());
    let bytes = [ftyp(), moov, moof(1, &tables), sound].concat();
    in_time(bytes);
}

// Matroska.

fn element(id: u32, body: &[u8]) -> Vec<u8> {
    let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    [&id[..], &(body.len() as u64 | 1 << 56).to_be_bytes(), body].concat()
}

fn ebml_header() -> Vec<u8> {
    element(0x1a45_dfa3, &element(0x4282, b"webm"))
}

#[test]
fn nested_masters_do_not_exhaust_the_stack() {
    let _alone = alone();
    // Segment, then tags in tags, chapters in chapters, and block groups in clusters.
    let paths: [&[u32]; 3] = [&[0x1254_c367, 0x7373, 0x67c8], &[0x1043_a770, 0x45b9, 0xb6], &[0x1f43_b675, 0xa0]];
    for path in paths {
        const DEPTH: u64 = 100_000;
        let mut headers = Vec::new();
        for depth in 0..DEPTH {
            let id = path.get(depth as usize).or(path.last()).unwrap();
            headers.extend(id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0));
            headers.extend((((DEPTH - depth) * 10) | 1 << 56).to_be_bytes());
        }
        let bytes = [ebml_header(), element(0x1853_8067, &headers)].concat();
        assert_ne!(answer(&format!("nested element {:x}", path[0]), bytes), "ok");
    }
}

#[test]
fn elements_larger_than_the_file_take_no_memory() {
    let _alone = alone();
    for size in [0x0100_0100_0000_0000u64, 0x01ff_ffff_ffff_fffe, 0x0100_0000_7fff_ffff] {
        let private = [&[0x63, 0xa2][..], &size.to_be_bytes(), &[0; 64]].concat();
        let track = element(0xae, &[element(0xd7, &[1]), element(0x86, b"A_OPUS"), private].concat());
        let bytes = [ebml_header(), element(0x1853_8067, &element(0x1654_ae6b, &track))].concat();
        assert_ne!(answer(&format!("element of {size:x}"), bytes), "ok");
    }
}

// FLAC.

#[test]
fn a_picture_that_claims_16_mb_takes_no_memory() {
    let _alone = alone();
    let flac = clip("fmt-flac.flac");
    let info = &flac[8..42];
    let picture = words(&[3, u32::MAX, 0, 0, 0, 0, 0, 0]);
    for claim in [0x00ff_ffffu32, 64] {
        let blocks = [&b"fLaC\0\0\0\x22"[..], info, &(0x8600_0000 | claim).to_be_bytes(), &picture, &[0; 32]].concat();
        assert_ne!(answer(&format!("FLAC with a picture of {claim} bytes"), blocks), "ok");
    }
}

// Ogg.

/// A page of whole packets.
fn page(serial: u32, number: u32, flags: u8, granule: u64, packets: &[&[u8]]) -> Vec<u8> {
    let lacing: Vec<u8> = packets
        .iter()
        .flat_map(|packet| std::iter::repeat_n(255, packet.len() / 255).chain([(packet.len() % 255) as u8]))
        .collect();
    assert!(lacing.len() < 256);
    let mut page =
        [&b"OggS\0"[..], &[flags], &granule.to_le_bytes(), &serial.to_le_bytes(), &number.to_le_bytes()].concat();
    page.extend([0, 0, 0, 0, lacing.len() as u8]);
    page.extend(lacing);
    page.extend(packets.concat());
    let sum = crc(32, 0x04c1_1db7, &page);
    page[22..26].copy_from_slice(&sum.to_le_bytes());
    page
}

const FIRST: u8 = 2;
const LAST: u8 = 4;

fn opus_head(channels: u8, family: u8) -> Vec<u8> {
    let mut head = [&b"OpusHead\x01"[..], &[channels, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, family]].concat();
    if family != 0 {
        head.extend([channels, 0]);
        head.extend(0..channels);
    }
    head
}

fn opus_tags() -> Vec<u8> {
    b"OpusTags\0\0\0\0\0\0\0\0".to_vec()
}

#[test]
fn opus_of_many_channels_is_refused() {
    let _alone = alone();
    for (channels, family) in [(255, 255), (255, 0), (255, 1), (0, 0), (0, 1), (0, 255), (8, 1), (2, 255), (16, 2)] {
        let packet: &[u8] = &[0xfc; 200];
        let bytes = [
            page(1, 0, FIRST, 0, &[&opus_head(channels, family)]),
            page(1, 1, 0, 0, &[&opus_tags()]),
            page(1, 2, LAST, 9600, &[packet; 10]),
        ]
        .concat();
        let code = answer(&format!("{channels} channels of Opus in family {family}"), bytes);
        assert!(code != "ok" || (channels, family) == (8, 1), "{code}");
    }
}

#[test]
fn pages_without_packets_end() {
    let _alone = alone();
    let head = [page(1, 0, FIRST, 0, &[&opus_head(1, 0)]), page(1, 1, 0, 0, &[&opus_tags()])].concat();
    for serial in [1, 2] {
        let empty: Vec<u8> = (2..100_000).flat_map(|number| page(serial, number, 0, 0, &[])).collect();
        assert_ne!(answer("Ogg pages without packets", [&head[..], &empty].concat()), "ok");
        assert_ne!(answer("Ogg pages without packets at the start", empty), "ok");
    }
}

#[test]
fn streams_that_start_over_and_over_end_soon() {
    let _alone = alone();
    for logical in [1, 20] {
        let chains = (0..2500u32).flat_map(|chain| {
            let serials = chain * logical..(chain + 1) * logical;
            let heads = serials.clone().flat_map(|serial| page(serial, 0, FIRST, 0, &[&opus_head(1, 0)]));
            let rest = [
                page(serials.start, 1, 0, 0, &[&opus_tags()]),
                page(serials.start, 2, LAST, 960, &[&[0xf8, 0xff, 0xfe]]),
            ];
            heads.chain(rest.concat()).collect::<Vec<u8>>()
        });
        answer(&format!("2500 chained streams of {logical}"), chains.collect());
    }
}

/// A chained Ogg stream with one frame of silent FLAC at the given rate.
fn flac_link(serial: u32, rate: u32) -> Vec<u8> {
    const BLOCK: u32 = 4096;
    let packed = u64::from(rate) << 44 | 15 << 36;
    let info = [&words(&[BLOCK << 16 | BLOCK])[..], &[0; 6], &packed.to_be_bytes(), &[0; 16]].concat();
    let head = [&b"\x7fFLAC\x01\0\0\x01fLaC\0\0\0\x22"[..], &info].concat();
    let comment = [&words(&[0x8400_0008])[..], &[0; 8]].concat();
    let mut frame = vec![0xff, 0xf8, 0xc0, 0x08, 0];
    frame.push(crc(8, 0x07, &frame) as u8);
    frame.extend([0, 0, 0]);
    frame.extend((crc(16, 0x8005, &frame) as u16).to_be_bytes());
    [
        page(serial, 0, FIRST, 0, &[&head]),
        page(serial, 1, 0, 0, &[&comment]),
        page(serial, 2, LAST, u64::from(BLOCK), &[&frame]),
    ]
    .concat()
}

/// The remainder of `bytes` by a polynomial of `width` bits, high bits first.
fn crc(width: u32, polynomial: u32, bytes: &[u8]) -> u32 {
    let top = 1 << (width - 1);
    bytes.iter().fold(0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << (width - 8), |sum, _| {
            (sum << 1 ^ if sum & top != 0 { polynomial } else { 0 }) & (top | (top - 1))
        })
    })
}

#[test]
fn a_rate_that_changes_with_every_link_costs_no_more_than_its_size() {
    let _alone = alone();
    let rates = [383_999, 383_987];
    let links = (0..2000u32).flat_map(|link| flac_link(link, rates[link as usize % 2]));
    answer("2000 chained FLAC streams at odd rates", links.collect());
}

/// Bits from the low end of each byte up, as Vorbis has them.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    fn put(&mut self, value: u32, count: usize) {
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            self.bytes[self.used / 8] |= (value >> bit & 1) as u8 * (1 << (self.used % 8));
            self.used += 1;
        }
    }
}

/// The three headers of a Vorbis stream with 256 codebooks of 131,072 entries, each in 26 bytes.
fn vorbis(dimensions: u32) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let ident = [&b"\x01vorbis\0\0\0\0\x01\x80\x3e\0\0"[..], &[0; 12], &[0xb8, 1]].concat();
    let comment = b"\x03vorbis\0\0\0\0\0\0\0\0\x01".to_vec();
    let mut setup = Bits::default();
    setup.put(255, 8);
    for _ in 0..256 {
        // Sync, dimensions, entries, all of them of 17 bits.
        setup.put(0x0056_4342, 24);
        setup.put(dimensions, 16);
        setup.put(131_072, 24);
        setup.put(1, 1);
        setup.put(16, 5);
        setup.put(131_072, 18);
        // Lookup of type 1: least, step, bits of a value, no sequence, and the only value.
        setup.put(1, 4);
        setup.put(0, 32);
        setup.put(0, 32);
        setup.put(0, 4);
        setup.put(0, 1);
        setup.put(0, 1);
    }
    let setup = [&b"\x05vorbis"[..], &setup.bytes].concat();
    (ident, comment, setup)
}

#[test]
fn tables_of_vorbis_take_no_memory_without_end() {
    let _alone = alone();
    let (ident, comment, setup) = vorbis(31);
    let private = [&[2, ident.len() as u8, comment.len() as u8][..], &ident, &comment, &setup].concat();
    let sound = [element(0xb5, &16_000f32.to_be_bytes()), element(0x9f, &[1])];
    let track = [
        element(0xd7, &[1]),
        element(0x73c5, &[1]),
        element(0x83, &[2]),
        element(0x86, b"A_VORBIS"),
        element(0xe1, &sound.concat()),
        element(0x63a2, &private),
    ];
    let info = [element(0x002a_d7b1, &1_000_000u32.to_be_bytes()), element(0x4d80, b"a"), element(0x5741, b"a")];
    let cluster = [element(0xe7, &[0]), element(0xa3, &[0x81, 0, 0, 0x80, 0, 0])];
    let segment = [
        element(0x1549_a966, &info.concat()),
        element(0x1654_ae6b, &element(0xae, &track.concat())),
        element(0x1f43_b675, &cluster.concat()),
    ];
    let bytes = [ebml_header(), element(0x1853_8067, &segment.concat())].concat();
    assert_ne!(answer("WebM with 256 large codebooks of Vorbis", bytes), "ok");
}

#[test]
fn a_codebook_of_32_dimensions_is_damage() {
    let _alone = alone();
    let (ident, comment, setup) = vorbis(32);
    let bytes = [page(1, 0, FIRST, 0, &[&ident]), page(1, 1, 0, 0, &[&comment, &setup])].concat();
    // The demuxer panics on it, which is caught, so the panics are not counted here.
    let error = blocking::inspect(&Recording::from_bytes(bytes), &seconds(60.0), &CallOptions::new()).unwrap_err();
    assert_eq!(error.code(), "recording_damaged");
}
