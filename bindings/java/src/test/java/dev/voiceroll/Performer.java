// SPDX-License-Identifier: Apache-2.0
package dev.voiceroll;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Makes a call of a case through the package's public face. */
final class Performer {
    final boolean waiting;
    final List<Progress> told = Collections.synchronizedList(new ArrayList<>());
    private final Registry registry;
    private final JsonObject call;
    private final JsonObject args;

    Performer(Registry registry, JsonObject call, boolean waiting) {
        this.registry = registry;
        this.call = call;
        this.args = call.has("args") ? call.getAsJsonObject("args") : new JsonObject();
        this.waiting = waiting;
    }

    Object perform() throws Exception {
        String verb = call.get("verb").getAsString();
        List<Recording> recordings = new ArrayList<>();
        for (JsonElement told : CasesTest.members(call, "recordings")) {
            recordings.add(CasesTest.source(told, call.get("encoding")));
        }
        Recording recording = recordings.isEmpty() ? null : recordings.get(0);
        String speaker = text("speaker_id");
        if (call.has("iterate")) {
            return everybody();
        }
        if (verb.equals("open")) {
            return opened(args);
        }
        if (call.has("foreign")) {
            return foreign(verb, call.get("foreign").getAsString());
        }
        return switch (verb) {
            case "inspect", "prepare" ->
                registry == null
                        ? done(verb, recording, limits(new InspectOptions()))
                        : done(verb, recording, shared(new CallOptions()));
            case "enroll", "create", "update" -> done(verb, speaker, recordings, enrolling());
            case "record_consent" -> done(verb, speaker, consent(), shared(new CallOptions()));
            case "get", "delete", "consent", "withdraw_consent", "audit_pseudonym" ->
                done(verb, speaker, shared(new CallOptions()));
            case "remove_sample" -> done(verb, speaker, args.get("sample").getAsLong(), shared(new CallOptions()));
            case "expire" -> done(verb, speaker, number("at"), shared(new CallOptions()));
            case "set_retention" -> done(verb, number("seconds"), shared(new CallOptions()));
            case "export_speaker" -> done(verb, speaker, flag("voiceprints"), shared(new CallOptions()));
            case "import_speaker" -> done(verb, text("export"), shared(new CallOptions()));
            case "rotate_key" -> done(verb, flag("forget_old"), shared(new CallOptions()));
            case "backup" -> done(verb, Path.of(text("to")), shared(new CallOptions()));
            case "restore" -> restored();
            case "list" -> done(verb, listing());
            case "verify" -> done(verb, speaker, recording, shared(new CallOptions()));
            case "identify" -> done(verb, recording, identifying());
            case "diarize" -> done(verb, recording, diarizing());
            case "identify_call" -> done(verb, args.get("record").toString(), recording, shared(new CallOptions()));
            case "submit" -> done(verb, JobRequest.diarize(text("content_uri")), shared(new CallOptions()));
            case "job" -> done(verb, text("job"), shared(new CallOptions()));
            default -> done(verb, shared(new CallOptions()));
        };
    }

    private Object restored() throws Exception {
        Path backup = Path.of(text("backup"));
        Path path = Path.of(text("path"));
        RegistryOptions options = new RegistryOptions();
        return waiting
                ? Voiceroll.restore(backup, path, flag("replace"), options)
                : result(Voiceroll.restoreAsync(backup, path, flag("replace"), options));
    }

    /** Opens a registry with the options of a case. */
    static Registry opened(JsonObject args) throws Exception {
        RegistryOptions options = new RegistryOptions();
        for (String name : args.keySet()) {
            if (name.equals("path")) {
                continue;
            }
            String own = Support.camel(name);
            Method method = Stream.of(RegistryOptions.class.getMethods())
                    .filter(one -> one.getName().equals(own))
                    .findFirst()
                    .orElse(null);
            if (method == null) {
                // It does not compile; the core would refuse it, too.
                JsonObject settings = Options.with(new JsonObject(), name, "unknown");
                Bridge.open(Recording.name("path", Path.of(args.get("path").getAsString())), settings);
                return null;
            }
            Class<?> kind = method.getParameterTypes()[0];
            JsonElement value = args.get(name);
            Object given;
            if (kind == boolean.class) {
                given = value.getAsBoolean();
            } else if (kind == int.class) {
                given = value.getAsInt();
            } else {
                given = kind == Path.class ? Path.of(value.getAsString()) : value.getAsString();
            }
            options = (RegistryOptions) method.invoke(options, given);
        }
        return Registry.open(Path.of(args.get("path").getAsString()), options);
    }

    private ConsentRecord consent() {
        JsonObject json = args.getAsJsonObject("consent").deepCopy();
        return ConsentRecord.read(json);
    }

    private boolean flag(String name) {
        return args.has(name) && args.get(name).getAsBoolean();
    }

    private Long number(String name) {
        return args.has(name) ? args.get(name).getAsLong() : null;
    }

    /** A call with an option that Java has no word for there, sent to the core as it is. */
    private Object foreign(String verb, String option) throws Exception {
        for (Method method : CallOptions.class.getMethods()) {
            assertNotEquals(Support.camel(option), method.getName());
        }
        Field field = Registry.class.getDeclaredField("bridge");
        field.setAccessible(true);
        Bridge bridge = (Bridge) field.get(registry);
        return waiting
                ? bridge.run(verb, args, List.of(), new CallOptions(), found -> found)
                : result(bridge.start(null, verb, args, List.of(), new CallOptions(), found -> found));
    }

    private Object everybody() {
        List<Enrollment> all = new ArrayList<>();
        if (waiting) {
            registry.iterate(listing()).forEach(all::add);
        } else {
            registry.async().forEach(listing(), all::add).join();
        }
        return all;
    }

    /** Calls the method of the verb's name that takes these. */
    private Object done(String verb, Object... given) throws Exception {
        Object face = waiting ? registry : registry == null ? null : registry.async();
        Class<?> kind = face == null ? Voiceroll.class : face.getClass();
        String name = Support.camel(verb) + (face == null && !waiting ? "Async" : "");
        for (Method method : kind.getMethods()) {
            if (method.getName().equals(name) && takes(method, given)) {
                return call.has("cancel_after") ? cancelled(method, face, given) : result(invoke(method, face, given));
            }
        }
        throw new AssertionError("there is no " + name);
    }

    private static boolean takes(Method method, Object[] given) {
        Class<?>[] kinds = method.getParameterTypes();
        boolean fits = kinds.length == given.length;
        for (int at = 0; fits && at < given.length; at++) {
            fits = kinds[at].isPrimitive() || given[at] == null || kinds[at].isInstance(given[at]);
        }
        return fits;
    }

    private Object cancelled(Method method, Object face, Object[] given) throws Exception {
        long wait = (long) (call.get("cancel_after").getAsDouble() * 1000);
        if (!waiting) {
            CompletableFuture<?> future = (CompletableFuture<?>) invoke(method, face, given);
            Thread.sleep(wait);
            future.cancel(true);
            return result(future);
        }
        Thread caller = Thread.currentThread();
        Timer timer = new Timer(true);
        if (wait == 0) {
            caller.interrupt();
        } else {
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            caller.interrupt();
                        }
                    },
                    wait);
        }
        try {
            return invoke(method, face, given);
        } finally {
            timer.cancel();
            assertTrue(Thread.interrupted(), "the thread stays interrupted");
        }
    }

    private static Object invoke(Method method, Object face, Object[] given) throws Exception {
        try {
            return method.invoke(face, given);
        } catch (InvocationTargetException failed) {
            throw (Exception) failed.getCause();
        }
    }

    private static Object result(Object made) throws Exception {
        try {
            return made instanceof CompletableFuture<?> future ? future.join() : made;
        } catch (CompletionException failed) {
            throw (Exception) failed.getCause();
        }
    }

    private <O extends Options<O>> O shared(O options) {
        O made = options;
        if (args.has("timeout")) {
            made = made.timeout(Duration.ofMillis((long) (args.get("timeout").getAsDouble() * 1000)));
        }
        return call.has("progress") ? made.progress(told::add) : made;
    }

    private InspectOptions limits(InspectOptions options) throws IOException {
        InspectOptions made = shared(options);
        made = args.has("max_seconds") ? made.maxSeconds(args.get("max_seconds").getAsDouble()) : made;
        return args.has("max_bytes") ? made.maxBytes(args.get("max_bytes").getAsLong()) : made;
    }

    private EnrollOptions enrolling() {
        EnrollOptions made = shared(new EnrollOptions());
        made = args.has("consent") ? made.consent(consent()) : made;
        return args.has("force") ? made.force(args.get("force").getAsBoolean()) : made;
    }

    private ListOptions listing() {
        ListOptions made = shared(new ListOptions());
        made = args.has("partial") ? made.partial(args.get("partial").getAsBoolean()) : made;
        made = args.has("page") ? made.page(args.get("page").getAsInt()) : made;
        made = args.has("after") ? made.after(args.get("after").getAsString()) : made;
        return args.has("per_page") ? made.perPage(args.get("per_page").getAsInt()) : made;
    }

    private IdentifyOptions identifying() {
        IdentifyOptions made = shared(new IdentifyOptions());
        return args.has("speaker_ids") ? made.speakerIds(texts("speaker_ids")) : made;
    }

    private DiarizeOptions diarizing() {
        DiarizeOptions made = shared(new DiarizeOptions());
        if (args.has("known")) {
            made = args.get("known").isJsonArray() ? made.known(texts("known")) : made.everybodyKnown();
        }
        made = args.has("speakers") ? made.speakers(args.get("speakers").getAsInt()) : made;
        return args.has("per_channel") ? made.perChannel(args.get("per_channel").getAsBoolean()) : made;
    }

    private String text(String name) {
        return args.has(name) ? args.get(name).getAsString() : null;
    }

    private List<String> texts(String name) {
        return args.getAsJsonArray(name).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
