package io.careflow.pstn.demo;

import io.careflow.pstn.lab.AsteriskServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What must be true after a call: a record that agrees with what both ends saw, exact money, and nothing left in Asterisk. */
final class Aftermath {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long TOLERANCE_MILLIS = 750;

    private final Journey journey;
    private final Scene scene;

    Aftermath(Journey journey, Scene scene) {
        this.journey = journey;
        this.scene = scene;
    }

    /** The record of the call from outside. */
    void inbound(PhoneCall.Seen seen) {
        CdrRow cdr = newest(1);
        same("caller", PhoneCall.CALLER, cdr.caller());
        same("dialled number", DemoDatabase.DID.e164(), cdr.dialled());
        same("typed ID", DemoDatabase.CARE_FLOW_ID, cdr.typed());
        same("user", "sam", cdr.user());
        same("destination", "sip:" + Scene.PHONE, cdr.destination());
        same("status", "ANSWERED", cdr.status());
        same("cause", "16", Integer.toString(cdr.cause()));
        same("end", "CALLER", cdr.releasedBy());
        near("ring time", seen.phone().answeredAfter(), cdr.ringMillis());
        near("talk time", seen.phone().talk(), cdr.talkMillis());
        near("billed time", seen.caller().talk(), cdr.billableMillis());
        BigDecimal price = costs(cdr, DemoDatabase.INBOUND.of(Duration.ofMillis(cdr.billableMillis())));
        journey.step(
                "the CDR is in PostgreSQL: rang %s, talked %s, cause %d, cost %s %s",
                Journey.seconds(Duration.ofMillis(cdr.ringMillis())),
                Journey.seconds(Duration.ofMillis(cdr.talkMillis())),
                cdr.cause(),
                price.toPlainString(),
                cdr.currency());
    }

    /** The record of the callback, and what was taken for it. */
    void callback(Callback.Seen seen) {
        CdrRow cdr = newest(2);
        same("caller ID", DemoDatabase.DID.e164(), cdr.caller());
        same("destination", PhoneCall.CALLER, cdr.dialled());
        same("user", "sam", cdr.user());
        same("legs to the user's phone and the destination", "sip:" + Scene.PHONE + " " + PhoneCall.CALLER, cdr.legs());
        same("status", "ANSWERED", cdr.status());
        same("cause", "16", Integer.toString(cdr.cause()));
        same("end", "CALLEE", cdr.releasedBy());
        near("ring time", seen.network().answeredAfter(), cdr.ringMillis());
        near("talk time", seen.network().talk(), cdr.talkMillis());
        near("time of the user's phone", seen.phone().talk(), cdr.billableMillis());
        BigDecimal cost = costs(cdr, DemoDatabase.WHOLESALE.of(Duration.ofMillis(cdr.talkMillis())));
        journey.step(
                "the CDR is in PostgreSQL: both legs, talked %s, cause %d, cost of the carrier %s USD",
                Journey.seconds(Duration.ofMillis(cdr.talkMillis())), cdr.cause(), cost.toPlainString());
        settled(DemoDatabase.RETAIL.of(Duration.ofMillis(cdr.talkMillis())), cost);
    }

    private void settled(BigDecimal charge, BigDecimal cost) {
        DemoDatabase database = scene.database();
        Journey.await(
                "the callback to be settled",
                SOON,
                () -> database.stateOf(Callback.COMMAND).equals("ENDED"),
                () -> "it is " + database.stateOf(Callback.COMMAND));
        DemoDatabase.Account account = database.account("sam");
        BigDecimal left = new BigDecimal(DemoDatabase.PAID_IN).subtract(charge);
        Journey.require(
                "a balance of " + Callback.plain(left) + " USD, which is the charge of " + charge + " less",
                account.booked().compareTo(left) == 0,
                account.booked().toPlainString());
        Journey.require(
                "nothing set aside any more",
                account.held().signum() == 0,
                account.held().toPlainString());
        journey.step(
                "%s pays %s USD (margin %s); the rest is free again: %s USD of %s USD are left",
                DemoDatabase.USER_NAME,
                Callback.plain(charge),
                Callback.plain(charge.subtract(cost)),
                Callback.plain(left),
                DemoDatabase.PAID_IN);
    }

    /** The record of what was refused. */
    void refused() {
        CdrRow cdr = newest(3);
        same("destination", DemoDatabase.PREMIUM, cdr.dialled());
        same("status", "DENIED", cdr.status());
        same("legs", "", cdr.legs());
        Journey.require("the rule in the CDR", cdr.explanation().contains("number-type"), cdr.explanation());
        BigDecimal unused = costs(cdr, BigDecimal.ZERO);
        Journey.require(
                "nothing set aside for it",
                scene.database().account("sam").held().signum() == 0,
                scene.database().account("sam").held().toPlainString());
        journey.step("nothing rang and nothing was reserved; the refusal has a CDR of its own, at cost 0");
    }

    /** The only record beside those that were seen before. */
    private CdrRow newest(int expected) {
        Journey.await(
                expected + " CDRs in PostgreSQL",
                SOON,
                () -> scene.database().cdrs().size() >= expected,
                () -> scene.database().cdrs().size() + " of them");
        List<CdrRow> cdrs = scene.database().cdrs();
        Journey.require(expected + " CDRs", cdrs.size() == expected, cdrs.size() + " of them");
        return cdrs.get(expected - 1);
    }

    private static BigDecimal costs(CdrRow cdr, BigDecimal price) {
        Journey.require(
                "a cost of " + price + " in the CDR",
                cdr.cost().filter(cost -> cost.compareTo(price) == 0).isPresent(),
                cdr.cost().map(BigDecimal::toPlainString).orElse("none") + ": " + cdr.explanation());
        return price;
    }

    /** Nothing of any call goes on, and no server had reason to complain. */
    void nothingLeft() {
        AsteriskServer asterisk = scene.asterisk();
        Journey.await(
                "no channel and no bridge left in Asterisk",
                SOON,
                () -> asterisk.channels() + asterisk.bridges() == 0,
                () -> asterisk.channels() + " channels, " + asterisk.bridges() + " bridges");
        Journey.await(
                "every channel of the trunk to be free again",
                SOON,
                () -> scene.database().leases() == 0,
                () -> scene.database().leases() + " leases");
        List<String> complaints = new ArrayList<>(asterisk.warnings());
        complaints.addAll(asterisk.errors());
        complaints.addAll(scene.kamailio().complaints());
        Journey.require("no complaint in the logs of the servers", complaints.isEmpty(), String.join("\n", complaints));
        journey.step("nothing is left of the calls in Asterisk, no channel is leased, neither server complained");
    }

    private static void same(String what, String expected, String stored) {
        Journey.require(what + " " + expected + " in the CDR", expected.equals(stored), stored);
    }

    private static void near(String what, @org.jspecify.annotations.Nullable Duration measured, long stored) {
        long millis = measured == null ? 0 : measured.toMillis();
        Journey.require(
                what + " of about " + millis + " ms in the CDR, as the phones saw it",
                millis > 0 && Math.abs(millis - stored) <= TOLERANCE_MILLIS,
                stored + " ms");
    }
}
