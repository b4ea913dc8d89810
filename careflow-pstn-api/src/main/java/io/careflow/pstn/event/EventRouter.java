package io.careflow.pstn.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends an event to the handler of its type. Immutable and thread-safe; handlers must be thread-safe themselves.
 *
 * <pre>{@code
 * EventRouter<CallFlow> router = EventRouter.<CallFlow>builder()
 *     .on(InboundCall.class, call -> welcome(call))
 *     .on(InputGathered.class, input -> route(input))
 *     .otherwise(event -> goodbye());
 * }</pre>
 *
 * @param <R> what handlers return
 */
public final class EventRouter<R> {
    private final Map<Class<?>, Function<PstnEvent, R>> handlers;
    private final Function<PstnEvent, R> otherwise;

    private EventRouter(Map<Class<?>, Function<PstnEvent, R>> handlers, Function<PstnEvent, R> otherwise) {
        this.handlers = Map.copyOf(handlers);
        this.otherwise = otherwise;
    }

    /** Begins a router. */
    public static <R> Builder<R> builder() {
        return new Builder<>();
    }

    /** Hands the event to the handler of exactly its type, else to the one of last resort. */
    public R route(PstnEvent event) {
        return handlers.getOrDefault(event.getClass(), otherwise).apply(event);
    }

    /** Collects handlers. Not thread-safe. */
    public static final class Builder<R> {
        private final Map<Class<?>, Function<PstnEvent, R>> handlers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Handles events of exactly this type.
         *
         * @throws IllegalArgumentException if the type has a handler already, or is an interface, which would never match
         */
        public <E extends PstnEvent> Builder<R> on(Class<E> type, Function<? super E, ? extends R> handler) {
            if (type.isInterface()) {
                throw new IllegalArgumentException(type.getSimpleName() + " is no event type but a kind of them");
            }
            @Nullable
            Function<PstnEvent, R> before = handlers.putIfAbsent(type, event -> handler.apply(type.cast(event)));
            if (before != null) {
                throw new IllegalArgumentException("two handlers for " + type.getSimpleName());
            }
            return this;
        }

        /** Completes the router with a handler for everything else, also for events that do not exist yet. */
        public EventRouter<R> otherwise(Function<? super PstnEvent, ? extends R> handler) {
            return new EventRouter<>(handlers, handler::apply);
        }
    }
}
