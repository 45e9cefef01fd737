// SPDX-License-Identifier: Apache-2.0
import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonNull
import com.google.gson.JsonObject
import com.google.gson.JsonPrimitive
import dev.voiceroll.kotlin.CallSegment
import dev.voiceroll.kotlin.Decision
import dev.voiceroll.kotlin.JobStatus
import dev.voiceroll.kotlin.Problem
import dev.voiceroll.kotlin.Quality
import dev.voiceroll.kotlin.Severity
import dev.voiceroll.kotlin.VoicerollException
import dev.voiceroll.kotlin.types.Purpose
import java.lang.reflect.Modifier
import kotlin.math.abs
import kotlin.time.DurationUnit

/** A result in the words of the cases; the bytes of a recording as their number. */
fun wire(value: Any?): JsonElement = when (value) {
    null, Unit -> JsonNull.INSTANCE
    is String -> JsonPrimitive(value)
    is Boolean -> JsonPrimitive(value)
    is UInt -> JsonPrimitive(value.toLong())
    is ULong -> JsonPrimitive(value.toLong())
    is Number -> JsonPrimitive(value)
    is ByteArray -> JsonPrimitive(value.size)
    is Decision, is Quality -> JsonPrimitive(value.toString())
    is Severity -> JsonPrimitive(value.name.lowercase())
    is JobStatus -> JsonPrimitive(value.name.split('_').joinToString("") { it[0] + it.substring(1).lowercase() })
    is Purpose -> JsonPrimitive(if (value is Purpose.Other) value.v1 else value.javaClass.simpleName.lowercase())
    is List<*> -> array(value)
    is Map<*, *> -> array(value.entries.map { listOf(it.key, it.value) })
    is CallSegment -> wire(value.segment).asJsonObject.apply { add("name", wire(value.name)) }
    else -> members(value)
}

private fun array(values: List<*>) = JsonArray().apply { for (value in values) add(wire(value)) }

private fun members(value: Any): JsonObject {
    val told = JsonObject()
    for (field in value.javaClass.declaredFields) {
        if (Modifier.isStatic(field.modifiers)) continue
        field.isAccessible = true
        val member = field.get(value)
        // The core leaves it out where it is none.
        if (value is Problem && field.name == "speakerId" && member == null) continue
        told.add(snake(field.name), wire(member))
    }
    return told
}

/** An error in the words of the cases. */
fun wire(error: VoicerollException): JsonObject {
    val told = members(error.details)
    told.addProperty("kind", error.kind)
    told.addProperty("message", error.message)
    told.addProperty("retry_after", error.retryAfter?.toDouble(DurationUnit.SECONDS))
    return told
}

/** A part of a case with what its texts stand for. */
fun filled(value: JsonElement, kept: Map<String, String>): JsonElement = when {
    value is JsonArray -> JsonArray().apply { value.forEach { add(filled(it, kept)) } }

    value is JsonObject ->
        JsonObject().apply { value.entrySet().forEach { (name, member) -> add(name, filled(member, kept)) } }

    value is JsonPrimitive && value.isString ->
        JsonPrimitive(kept.entries.fold(value.asString) { text, (name, held) -> text.replace(name, held) })

    else -> value
}

fun snake(name: String): String = name.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() }

/** Where what was found does not match what is expected; null where it does. tests/README.md has the rules. */
fun mismatch(found: JsonElement?, expected: JsonElement, at: String = "it"): String? {
    val wrong = "$at: $found is not $expected"
    fun unless(fits: Boolean) = if (fits) null else wrong
    fun number() = (found as? JsonPrimitive)?.takeIf { it.isNumber }?.asDouble
    if (expected is JsonArray) {
        if (found !is JsonArray || found.size() != expected.size()) return wrong
        return expected.indices().firstNotNullOfOrNull { mismatch(found[it], expected[it], "$at[$it]") }
    }
    if (expected !is JsonObject) return unless(same(found, expected))
    fun has(name: String) = expected.has(name)
    return when {
        has("about") -> {
            val (middle, tolerance) = expected["about"].asJsonArray.map { it.asDouble }
            unless(number().let { it != null && abs(it - middle) <= tolerance })
        }

        has("at_least") || has("at_most") -> {
            val least = expected["at_least"]?.asDouble ?: Double.NEGATIVE_INFINITY
            val most = expected["at_most"]?.asDouble ?: Double.POSITIVE_INFINITY
            unless(number().let { it != null && it in least..most })
        }

        has("contains") -> unless(found is JsonPrimitive && expected["contains"].asString in found.asString)

        has("one_of") -> unless(expected["one_of"].asJsonArray.any { mismatch(found, it) == null })

        has("any") -> {
            val items = found as? JsonArray ?: return wrong
            unless(expected["any"].asJsonArray.all { one -> items.any { mismatch(it, one) == null } })
        }

        has(
            "length",
        ) -> unless((found as? JsonArray)?.size() == expected["length"].asInt || same(found, expected["length"]))

        found !is JsonObject -> wrong

        else -> expected.entrySet().firstNotNullOfOrNull { (name, one) -> mismatch(found[name], one, "$at.$name") }
    }
}

private fun same(found: JsonElement?, expected: JsonElement): Boolean {
    if (found is JsonPrimitive && expected is JsonPrimitive && found.isNumber && expected.isNumber) {
        return found.asDouble == expected.asDouble
    }
    return found == expected
}

private fun JsonArray.indices() = 0 until size()
