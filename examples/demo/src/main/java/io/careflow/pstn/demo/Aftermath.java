package io.careflow.pstn.demo;

import io.careflow.pstn.lab.AsteriskServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What must be true after the call: a record that agrees with what both ends saw, and nothing left in Asterisk. */
final class Aftermath {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long TOLERANCE_MILLIS = 750;

    private final Journey journey;
    private final Scene scene;

    Aftermath(Journey journey, Scene scene) {
        this.journey = journey;
        this.scene = scene;
    }

    List<CdrRow> check(PhoneCall.Seen seen) {
        Journey.await(
                "a CDR in PostgreSQL", SOON, () -> !scene.database().cdrs().isEmpty(), () -> "an empty table pstn_cdr");
        List<CdrRow> cdrs = scene.database().cdrs();
        Journey.require("one CDR", cdrs.size() == 1, cdrs.size() + " of them");
        CdrRow cdr = cdrs.get(0);
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
        BigDecimal price = DemoDatabase.price(Duration.ofMillis(cdr.billableMillis()));
        Journey.require(
                "a cost of " + price + " USD in the CDR",
                cdr.cost().filter(cost -> cost.compareTo(price) == 0).isPresent(),
                cdr.cost().map(BigDecimal::toPlainString).orElse("none") + ": " + cdr.explanation());
        journey.step(
                "the CDR is in PostgreSQL: rang %s, talked %s, cause %d, cost %s %s",
                Journey.seconds(Duration.ofMillis(cdr.ringMillis())),
                Journey.seconds(Duration.ofMillis(cdr.talkMillis())),
                cdr.cause(),
                price.toPlainString(),
                cdr.currency());
        nothingLeft();
        return cdrs;
    }

    private void nothingLeft() {
        AsteriskServer asterisk = scene.asterisk();
        Journey.await(
                "no channel and no bridge left in Asterisk",
                SOON,
                () -> asterisk.channels() + asterisk.bridges() == 0,
                () -> asterisk.channels() + " channels, " + asterisk.bridges() + " bridges");
        List<String> complaints = new ArrayList<>(asterisk.warnings());
        complaints.addAll(asterisk.errors());
        complaints.addAll(scene.kamailio().complaints());
        Journey.require("no complaint in the logs of the servers", complaints.isEmpty(), String.join("\n", complaints));
        journey.step("nothing is left of the call in Asterisk; neither server complained");
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
