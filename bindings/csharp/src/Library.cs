// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Voiceroll
{
    /// <summary>The native library that does the work.</summary>
    public static class Library
    {
        /// <summary>Its version, such as <c>0.1.0</c>.</summary>
        public static string Version => Marshal.PtrToStringAnsi(Native.Library.Version());

        /// <summary>The version of its functions, which this package was written for.</summary>
        public static int Abi => (int)Native.Library.Abi();
    }
}
