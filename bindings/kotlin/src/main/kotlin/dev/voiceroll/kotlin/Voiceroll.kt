// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll.kotlin

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.io.File
import java.io.InputStream
import java.net.URLDecoder
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.charset.CharacterCodingException
import java.nio.file.FileSystems
import java.nio.file.Path

// The results are generated into a package of their own; one import finds them all.

/** The enrollment of one speaker. */
public typealias Enrollment = dev.voiceroll.kotlin.types.Enrollment

/** One recording of an enrollment: accepted and on the roll, or refused and why. */
public typealias Sample = dev.voiceroll.kotlin.types.Sample

/** How reliable an enrollment is. */
public typealias Quality = dev.voiceroll.kotlin.types.Quality

/** One page of enrollments, sorted by id. */
public typealias Page = dev.voiceroll.kotlin.types.Page

/** The measurements of a recording, and its problems. */
public typealias Inspection = dev.voiceroll.kotlin.types.Inspection

/** A problem of a recording: the measured value, the limit, and advice. */
public typealias Problem = dev.voiceroll.kotlin.types.Problem

/** The severity of a problem. */
public typealias Severity = dev.voiceroll.kotlin.types.Severity

/** Whether a recording is of an enrolled speaker. */
public typealias Verification = dev.voiceroll.kotlin.types.Verification

/** The outcome of a verification. */
public typealias Decision = dev.voiceroll.kotlin.types.Decision

/** Who speaks when in a recording. */
public typealias Diarization = dev.voiceroll.kotlin.types.Diarization

/** The segments of a recording in which enrolled speakers speak, and those of others. */
public typealias Identification = dev.voiceroll.kotlin.types.Identification

/** A stretch of a recording in which one person speaks. */
public typealias Segment = dev.voiceroll.kotlin.types.Segment

/** Who spoke when in a call. */
public typealias CallIdentification = dev.voiceroll.kotlin.types.CallIdentification

/** A turn of somebody in a call. */
public typealias CallSegment = dev.voiceroll.kotlin.types.CallSegment

/** The consent of a person to being enrolled. */
public typealias ConsentRecord = dev.voiceroll.kotlin.types.ConsentRecord

/** The proof that a consent was withdrawn. */
public typealias Withdrawal = dev.voiceroll.kotlin.types.Withdrawal

/** What a speaker has consented to, and how long the speaker is kept. */
public typealias ConsentState = dev.voiceroll.kotlin.types.ConsentState

/** One line of an audit trail. */
public typealias AuditEntry = dev.voiceroll.kotlin.types.AuditEntry

/** The result of verifying an audit trail. */
public typealias AuditReport = dev.voiceroll.kotlin.types.AuditReport

/** The result of checking a store. */
public typealias CheckReport = dev.voiceroll.kotlin.types.CheckReport

/** The result of restoring a backup. */
public typealias Restored = dev.voiceroll.kotlin.types.Restored

/** The status of a job. */
public typealias Job = dev.voiceroll.kotlin.types.Job

/** The status of a job. */
public typealias JobStatus = dev.voiceroll.kotlin.types.JobStatus

/** The result of a job. */
public typealias JobResult = dev.voiceroll.kotlin.types.JobResult

/** What is said in a recording. */
public typealias Transcript = dev.voiceroll.kotlin.types.Transcript

/** A word of a transcript. */
public typealias Word = dev.voiceroll.kotlin.types.Word

/** Words of one speaker without a long pause. */
public typealias Utterance = dev.voiceroll.kotlin.types.Utterance

/** What the sender of a recording says that it is. */
public typealias Encoding = dev.voiceroll.kotlin.types.Encoding

/** The progress of a call. */
public typealias Progress = dev.voiceroll.kotlin.types.Progress

/** Whether the recording would be accepted for enrollment. */
public val Inspection.accepted: Boolean
    get() = problems.none { it.severity == Severity.REFUSE }

/** Where the turn starts, in seconds from the start of the recording. */
public val CallSegment.start: Double
    get() = segment.start

/** Where the turn ends, in seconds. */
public val CallSegment.end: Double
    get() = segment.end

/** Who speaks; none for an unknown voice. */
public val CallSegment.speakerId: String?
    get() = segment.speakerId

/** Confidence in the speaker, 0 to 1. */
public val CallSegment.confidence: Double
    get() = segment.confidence

/** Whether [speakerId] is an enrolled speaker. */
public val CallSegment.enrolled: Boolean
    get() = segment.enrolled

/** The channel, from 1, if each channel is one speaker. */
public val CallSegment.channel: UInt?
    get() = segment.channel

/**
 * A recording in a file. A path of another file system, such as in an archive, is an [IllegalArgumentException], and
 * so is a name that is not UTF-8.
 */
public fun Recording.Companion.fromPath(path: Path, encoding: Encoding? = null): Recording =
    fromPath(name(path), encoding)

/** The bytes of a path, which its text may not have where the locale's encoding cannot say them. */
private fun name(path: Path): String {
    require(path.fileSystem == FileSystems.getDefault()) {
        "`path` is not on the default file system; copy the file there, or pass its bytes or a stream"
    }
    if (File.separatorChar != '/') return path.toString()
    val ascii = path.toUri().rawPath.replace("+", "%2B")
    val bytes = URLDecoder.decode(ascii, "ISO-8859-1").toByteArray(Charsets.ISO_8859_1)
    return try {
        bytes.decodeToString(throwOnInvalidSequence = true)
    } catch (fault: CharacterCodingException) {
        throw IllegalArgumentException("`path` is not UTF-8; rename the file, or pass its bytes or a stream", fault)
    }
}

/** A recording that a stream gives, which is read to its end here; it is not closed. */
public fun Recording.Companion.fromStream(stream: InputStream, encoding: Encoding? = null): Recording =
    fromBytes(stream.readBytes(), encoding)

/** Samples of -1 to 1, [sampleRate] of them a second; up to 16 channels are interleaved. */
public fun Recording.Companion.fromSamples(samples: FloatArray, sampleRate: Int, channels: Int = 1): Recording {
    val data = ByteArray(samples.size * Float.SIZE_BYTES)
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(samples)
    return fromSamples(data, SampleFormat.F32, count(sampleRate), count(channels))
}

/** Samples of 16 bits, [sampleRate] of them a second; up to 16 channels are interleaved. */
public fun Recording.Companion.fromSamples(samples: ShortArray, sampleRate: Int, channels: Int = 1): Recording {
    val data = ByteArray(samples.size * Short.SIZE_BYTES)
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(samples)
    return fromSamples(data, SampleFormat.I16, count(sampleRate), count(channels))
}

/** A number that is not negative; the library refuses 0. */
private fun count(number: Int): UInt = number.coerceAtLeast(0).toUInt()

/** Enrolls a speaker with these recordings; see [Registry.enroll]. */
public suspend fun Registry.enroll(
    speakerId: String,
    vararg recordings: Recording,
    force: Boolean = false,
    options: CallOptions = CallOptions(),
): Enrollment = enroll(speakerId, recordings.asList(), force, options)

/** Enrolls a new speaker with these recordings; see [Registry.create]. */
public suspend fun Registry.create(
    speakerId: String,
    vararg recordings: Recording,
    force: Boolean = false,
    options: CallOptions = CallOptions(),
): Enrollment = create(speakerId, recordings.asList(), force, options)

/** Adds these recordings to an enrollment; see [Registry.update]. */
public suspend fun Registry.update(
    speakerId: String,
    vararg recordings: Recording,
    force: Boolean = false,
    options: CallOptions = CallOptions(),
): Enrollment = update(speakerId, recordings.asList(), force, options)

/**
 * All enrollments, in the order of the ids, fetched [perPage] at a time, 1 to 1000; they may be deleted meanwhile,
 * and one who is there throughout is seen once, but for a server of another make, whose pages are numbered. [partial] lists incomplete ones too. The [options] are each page's.
 */
public fun Registry.all(
    partial: Boolean = false,
    perPage: UInt = 100u,
    options: CallOptions = CallOptions(),
): Flow<Enrollment> = flow {
    val seen = mutableSetOf<String>()
    var page = 1u
    var after: String? = null
    var total = 0uL
    while (true) {
        val found = list(partial, page, perPage, after, options)
        val missing = if (total > found.total) total - found.total else 0uL
        total = found.total
        if (after == null && missing > 0uL && page > 1u) {
            // Some are gone, and those behind them have moved up.
            val pages = ((missing + perPage - 1u) / perPage).toUInt()
            page = if (page > pages) page - pages else 1u
            continue
        }
        for (record in found.records) if (seen.add(record.speakerId)) emit(record)
        if (found.nextAfter == null && (after != null || page >= found.totalPages)) return@flow
        page += 1u
        after = found.nextAfter
    }
}
