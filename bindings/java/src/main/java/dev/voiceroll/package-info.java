// SPDX-License-Identifier: Apache-2.0

/**
 * Speaker enrollment, verification, identification and diarization, offline and without an account.
 *
 * <p>{@link dev.voiceroll.Registry} is a registry of enrolled speakers, {@link dev.voiceroll.AsyncRegistry} the same
 * with futures. {@link dev.voiceroll.Voiceroll#inspect} measures a recording and tells whether it would be enrolled;
 * {@link dev.voiceroll.Voiceroll#prepare} cuts its best stretch out. All durations of results are seconds.
 */
package dev.voiceroll;
