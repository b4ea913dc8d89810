package io.careflow.pstn.voipms;

import io.careflow.pstn.Capability;
import io.careflow.pstn.CommandId;
import io.careflow.pstn.number.NumberAtCarrier;
import io.careflow.pstn.number.NumberKind;
import io.careflow.pstn.number.NumberPrice;
import io.careflow.pstn.number.NumberSettings;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that VoIP.ms sells by place and not one by one: those of other countries than the United States and Canada, and those of
 * North American rate centres that are out of stock (back orders). Which number one gets shows only afterwards. Thread-safe.
 * Orders of one process are sent one after the other, as what an order brought is learned by comparing before and after.
 */
public interface VoipMsStock extends Capability {

    /**
     * The countries that have numbers of a kind.
     *
     * @param kind LOCAL, NATIONAL or TOLL_FREE
     * @throws io.careflow.pstn.error.UnsupportedFeature for another kind; nothing was asked
     */
    List<Country> countries(NumberKind kind);

    /** The places of a country with numbers of a kind, each with its price. */
    List<Location> locations(NumberKind kind, Country country);

    /**
     * Buys numbers of a place. The order is sent once. If its answer is lost, the numbers of the account are read: as many new
     * ones as were ordered were bought, and are returned.
     *
     * @param command the caller's key of this one order: the same key never buys twice in one process
     * @param quantity how many, 1 to 20
     * @param settings how they shall be set up; not their messages, which these numbers lack
     * @return the numbers
     * @throws io.careflow.pstn.error.NumberUnavailable if there are none left; nothing was bought
     * @throws io.careflow.pstn.error.Conflict with effect NONE while another order of this process, for something else, is in
     *     doubt, for an hour at most: nobody could say whose number appears
     * @throws io.careflow.pstn.error.PstnException with effect UNKNOWN if it stays in doubt, or the numbers are not there yet:
     *     give the same order again later
     */
    List<NumberAtCarrier> order(CommandId command, Location location, int quantity, NumberSettings settings);

    /**
     * Orders a number of a rate centre that has none, to be delivered when there is one again. Sent once; if its answer is lost,
     * the back orders of the account are read.
     *
     * @param command the caller's key of this one order
     * @param country {@code US} or {@code CA}
     * @param region state or province, two letters
     * @param rateCenter VoIP.ms's name of it
     * @param settings how the number shall be set up; not its messages
     * @return the back order
     */
    BackOrder backOrder(CommandId command, String country, String region, String rateCenter, NumberSettings settings);

    /** What was ordered and is not delivered yet. */
    List<BackOrder> backOrders();

    /**
     * A country, as VoIP.ms counts them.
     *
     * @param id VoIP.ms's number of it
     * @param name VoIP.ms's word, such as {@code SWEDEN (+46)}
     */
    record Country(String id, String name) {
        public Country {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * A place that numbers are sold of.
     *
     * @param kind what kind of numbers
     * @param id VoIP.ms's id of it
     * @param name VoIP.ms's word, such as {@code HELSINKI}
     * @param country VoIP.ms's word
     * @param areaCode may be empty
     * @param stock how many there are, or null if it is not told
     * @param flat what one costs that is paid flat
     * @param perMinute what one costs that is paid per minute
     * @param channels how many calls it takes at once, or null if it is not told
     */
    record Location(
            NumberKind kind,
            String id,
            String name,
            String country,
            String areaCode,
            @Nullable Integer stock,
            NumberPrice flat,
            NumberPrice perMinute,
            @Nullable Integer channels) {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

        public Location {
            Objects.requireNonNull(kind, "kind");
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "location id is '" + id + "'; allowed are 1 to 32 letters and digits");
            }
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(country, "country");
            Objects.requireNonNull(areaCode, "areaCode");
            Objects.requireNonNull(flat, "flat");
            Objects.requireNonNull(perMinute, "perMinute");
        }
    }

    /**
     * A number to come.
     *
     * @param id VoIP.ms's id of the back order
     * @param place VoIP.ms's words, such as {@code MIAMI, FL}
     */
    record BackOrder(String id, String place) {
        public BackOrder {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(place, "place");
        }
    }
}
