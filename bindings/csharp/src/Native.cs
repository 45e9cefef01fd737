// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Voiceroll
{
    /// <summary>The functions of the C library, whose header says what they do.</summary>
    internal sealed class Native
    {
        /// <summary>The version of the functions that this package was written for.</summary>
        internal const uint WrittenFor = 1;

        private const int Now = 2;
        private const string FileName = "libvoiceroll_c.so";
        private static readonly Lazy<Native> Loaded = new Lazy<Native>(() => new Native());

        internal readonly AbiFunction Abi;
        internal readonly VersionFunction Version;
        internal readonly BytesFreeFunction BytesFree;
        internal readonly OpenFunction Open;
        internal readonly CloseFunction Close;
        internal readonly FreeFunction Free;
        internal readonly TakeCallbackFunction TakeCallback;
        internal readonly RecordingsNewFunction RecordingsNew;
        internal readonly RecordingsAddFunction RecordingsAdd;
        internal readonly FreeFunction RecordingsFree;
        internal readonly StartFunction Start;
        internal readonly NextFunction Next;
        internal readonly CancelFunction Cancel;
        internal readonly FreeFunction CallFree;
        internal readonly QueueNewFunction QueueNew;
        internal readonly QueueNextFunction QueueNext;
        internal readonly FreeFunction QueueFree;

        private Native()
        {
            var library = Load();
            Abi = Function<AbiFunction>(library, "voiceroll_abi");
            var abi = Abi();
            if (abi != WrittenFor)
            {
                throw Unusable($"its ABI is {abi}, and this package needs ABI {WrittenFor}");
            }
            Version = Function<VersionFunction>(library, "voiceroll_version");
            BytesFree = Function<BytesFreeFunction>(library, "voiceroll_bytes_free");
            TellModels(Function<ModelsInFunction>(library, "voiceroll_models_in"));
            Open = Function<OpenFunction>(library, "voiceroll_open");
            Close = Function<CloseFunction>(library, "voiceroll_close");
            Free = Function<FreeFunction>(library, "voiceroll_free");
            TakeCallback = Function<TakeCallbackFunction>(library, "voiceroll_take_callback");
            RecordingsNew = Function<RecordingsNewFunction>(library, "voiceroll_recordings_new");
            RecordingsAdd = Function<RecordingsAddFunction>(library, "voiceroll_recordings_add");
            RecordingsFree = Function<FreeFunction>(library, "voiceroll_recordings_free");
            Start = Function<StartFunction>(library, "voiceroll_start");
            Next = Function<NextFunction>(library, "voiceroll_next");
            Cancel = Function<CancelFunction>(library, "voiceroll_cancel");
            CallFree = Function<FreeFunction>(library, "voiceroll_call_free");
            QueueNew = Function<QueueNewFunction>(library, "voiceroll_queue_new");
            QueueNext = Function<QueueNextFunction>(library, "voiceroll_queue_next");
            QueueFree = Function<FreeFunction>(library, "voiceroll_queue_free");
        }

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate uint AbiFunction();

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate IntPtr VersionFunction();

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate void BytesFreeFunction(ref NativeBytes bytes);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        [return: MarshalAs(UnmanagedType.I1)]
        internal delegate bool ModelsInFunction(byte[] path, UIntPtr pathLength, IntPtr error);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate RegistryHandle OpenFunction(
            byte[] path, UIntPtr pathLength, byte[] settings, UIntPtr settingsLength, out NativeBytes error);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate void CloseFunction(RegistryHandle registry);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate void FreeFunction(IntPtr what);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate News TakeCallbackFunction(
            RegistryHandle inbox,
            byte[] timestamp,
            UIntPtr timestampLength,
            byte[] signature,
            UIntPtr signatureLength,
            byte[] body,
            UIntPtr bodyLength,
            out NativeBytes reply);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate RecordingsHandle RecordingsNewFunction();

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        [return: MarshalAs(UnmanagedType.I1)]
        internal delegate bool RecordingsAddFunction(
            RecordingsHandle recordings,
            byte[] source,
            UIntPtr sourceLength,
            IntPtr data,
            UIntPtr dataLength,
            out NativeBytes error);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate CallHandle StartFunction(
            RegistryHandle registry,
            byte[] request,
            UIntPtr requestLength,
            RecordingsHandle recordings,
            QueueHandle queue,
            ulong token);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate News NextFunction(
            CallHandle call, uint milliseconds, out NativeBytes json, out NativeBytes sound);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate void CancelFunction(CallHandle call);

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate QueueHandle QueueNewFunction();

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        [return: MarshalAs(UnmanagedType.I1)]
        internal delegate bool QueueNextFunction(QueueHandle queue, uint milliseconds, out ulong token);

        /// <summary>The library, which is loaded when it is first needed.</summary>
        internal static Native Library => Loaded.Value;

        /// <summary>Text as UTF-8, with its length; null for no text.</summary>
        internal static byte[] Utf8(string text, out UIntPtr length)
        {
            try
            {
                var bytes = text == null ? null : new UTF8Encoding(false, true).GetBytes(text);
                length = Size(bytes);
                return bytes;
            }
            catch (EncoderFallbackException fault)
            {
                throw new ArgumentException("a string contains half of a surrogate pair", fault);
            }
        }

        internal static UIntPtr Size(byte[] bytes) => (UIntPtr)(bytes == null ? 0 : bytes.Length);

        private static IntPtr Load()
        {
            var path = Environment.GetEnvironmentVariable("VOICEROLL_LIBRARY");
            if (string.IsNullOrEmpty(path))
            {
                path = Beside();
            }
            IntPtr library;
            try
            {
                // Looking for this function later would overwrite what it has to say.
                LastFault();
                library = OpenLibrary(path, Now);
            }
            catch (DllNotFoundException)
            {
                throw Unusable("it is built for Linux on x86-64 only");
            }
            return library != IntPtr.Zero
                ? library
                : throw Unusable($"{path} cannot be loaded: {Marshal.PtrToStringAnsi(LastFault())}");
        }

        private static VoicerollException Unusable(string why) =>
            Errors.Unsupported(
                $"the native library cannot be used: {why}; use the one that comes with this package, "
                + "and check VOICEROLL_LIBRARY");

        /// <summary>Where the package has the library: beside the assembly, or where NuGet puts it.</summary>
        private static string Beside()
        {
            foreach (var folder in Folders())
            {
                foreach (var name in new[] { Path.Combine("runtimes", "linux-x64", "native", FileName), FileName })
                {
                    var path = Path.Combine(folder, name);
                    if (File.Exists(path))
                    {
                        return path;
                    }
                }
            }
            throw Unusable($"{FileName} is not in the folder of the assembly; packages are for Linux on x86-64 only");
        }

        /// <summary>A released package brings the most accurate model.</summary>
        private static void TellModels(ModelsInFunction modelsIn)
        {
            foreach (var folder in Folders())
            {
                var models = Path.Combine(folder, "voiceroll-models");
                if (Directory.Exists(models))
                {
                    var path = Utf8(models, out var length);
                    modelsIn(path, length, IntPtr.Zero);
                    return;
                }
            }
        }

        /// <summary>Where the files of the package may be.</summary>
        private static List<string> Folders()
        {
            var assembly = typeof(Native).Assembly.Location;
            var folders = new List<string> { AppDomain.CurrentDomain.BaseDirectory };
            if (!string.IsNullOrEmpty(assembly))
            {
                folders.Insert(0, Path.GetDirectoryName(assembly));
            }
            return folders;
        }

        private static T Function<T>(IntPtr library, string name)
        {
            var address = Symbol(library, name);
            if (address == IntPtr.Zero)
            {
                throw Unusable($"it has no {name}");
            }
            return Marshal.GetDelegateForFunctionPointer<T>(address);
        }

        [DllImport("libdl.so.2", EntryPoint = "dlopen")]
        private static extern IntPtr OpenLibrary(string path, int how);

        [DllImport("libdl.so.2", EntryPoint = "dlsym")]
        private static extern IntPtr Symbol(IntPtr library, string name);

        [DllImport("libdl.so.2", EntryPoint = "dlerror")]
        private static extern IntPtr LastFault();
    }

    /// <summary>What the library found when it looked for news of a call.</summary>
    internal enum News
    {
        Nothing = 0,
        Progress = 1,
        Result = 2,
        Error = 3,
        Over = 4,
    }

    /// <summary>Text or bytes of the library.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeBytes
    {
        private IntPtr data;
        private UIntPtr length;
        private UIntPtr capacity;

        /// <summary>Copies them, and gives the library's own back.</summary>
        internal byte[] Take()
        {
            try
            {
                var bytes = new byte[checked((int)(ulong)length)];
                if (bytes.Length > 0)
                {
                    Marshal.Copy(data, bytes, 0, bytes.Length);
                }
                return bytes;
            }
            finally
            {
                Native.Library.BytesFree(ref this);
            }
        }

        internal string TakeText() => Encoding.UTF8.GetString(Take());
    }

    /// <summary>A registry, or an inbox of callbacks.</summary>
    internal sealed class RegistryHandle : SafeHandleZeroOrMinusOneIsInvalid
    {
        /// <summary>Stands for no registry.</summary>
        internal static readonly RegistryHandle None = new RegistryHandle();

        public RegistryHandle()
            : base(true)
        {
        }

        /// <summary>Opens what the settings say.</summary>
        internal static RegistryHandle Open(string path, IDictionary<string, object> settings)
        {
            var name = Native.Utf8(path, out var nameLength);
            var told = Native.Utf8(Json.Write(settings), out var length);
            var handle = Native.Library.Open(name, nameLength, told, length, out var error);
            var fault = error.TakeText();
            return handle.IsInvalid ? throw Errors.From(fault) : handle;
        }

        protected override bool ReleaseHandle()
        {
            Native.Library.Free(handle);
            return true;
        }
    }

    /// <summary>The recordings of a call that has not begun.</summary>
    internal sealed class RecordingsHandle : SafeHandleZeroOrMinusOneIsInvalid
    {
        public RecordingsHandle()
            : base(true)
        {
        }

        protected override bool ReleaseHandle()
        {
            Native.Library.RecordingsFree(handle);
            return true;
        }
    }

    /// <summary>A call that is under way. Freeing it stops it.</summary>
    internal sealed class CallHandle : SafeHandleZeroOrMinusOneIsInvalid
    {
        public CallHandle()
            : base(true)
        {
        }

        protected override bool ReleaseHandle()
        {
            Native.Library.CallFree(handle);
            return true;
        }
    }

    /// <summary>Says which calls have news.</summary>
    internal sealed class QueueHandle : SafeHandleZeroOrMinusOneIsInvalid
    {
        /// <summary>Stands for no queue.</summary>
        internal static readonly QueueHandle None = new QueueHandle();

        public QueueHandle()
            : base(true)
        {
        }

        protected override bool ReleaseHandle()
        {
            Native.Library.QueueFree(handle);
            return true;
        }
    }
}
