// SPDX-License-Identifier: Apache-2.0
// Made by tools/types.py; do not edit it.
package dev.voiceroll;

/** Which exception an error is. */
final class Kinds {
    private Kinds() {}

    static VoicerollException exception(Fault fault) {
        return switch (fault.kind()) {
            case "InvalidInput" -> new InvalidInputException(fault);
            case "Unreadable" -> new UnreadableException(fault);
            case "Refused" -> new RefusedException(fault);
            case "Limit" -> new LimitException(fault);
            case "Conflict" -> new ConflictException(fault);
            case "NotFound" -> new NotFoundException(fault);
            case "Gone" -> new GoneException(fault);
            case "Incomplete" -> new IncompleteException(fault);
            case "ModelMismatch" -> new ModelMismatchException(fault);
            case "Store" -> new StoreException(fault);
            case "Io" -> new IoException(fault);
            case "Cancelled" -> new CancelledException(fault);
            case "Timeout" -> new TimedOutException(fault);
            case "Unauthorized" -> new UnauthorizedException(fault);
            case "Unavailable" -> new UnavailableException(fault);
            case "Unsupported" -> new UnsupportedException(fault);
            case "Internal" -> new InternalException(fault);
            default -> new VoicerollException(fault);
        };
    }
}
