// SPDX-License-Identifier: Apache-2.0

/**
 * Speaker enrollment: ties an identity to a voice, so that recordings can say who spoke. Here, offline, with no account.
 *
 * <p>{@link dev.voiceroll.Registry} is the roll of enrolled speakers, {@link dev.voiceroll.AsyncRegistry} the same with
 * futures. {@link dev.voiceroll.Voiceroll#inspect} says what is in a recording and whether it would enroll; {@link
 * dev.voiceroll.Voiceroll#prepare} cuts its best stretch out. All durations of results are seconds.
 */
package dev.voiceroll;
