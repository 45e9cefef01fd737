// SPDX-License-Identifier: Apache-2.0
using System;
using Voiceroll;

internal static class Program
{
    private static void Main()
    {
        using (var registry = Registry.Open("voices.db"))
        {
            var calls = new Recording[] { "tests/audio/ada-1.mp3", "tests/audio/ada-2.m4a" };
            var enrollment = registry.Enroll("ada", calls);
            Console.WriteLine($"{enrollment.Quality} {enrollment.SpeechSeconds}");

            var found = registry.Verify("ada", "tests/audio/ada-3.webm");
            Console.WriteLine($"{found.Decision.Word()} {found.Confidence}");
        }
    }
}
