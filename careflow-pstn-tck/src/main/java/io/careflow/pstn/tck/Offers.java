package io.careflow.pstn.tck;

import io.careflow.pstn.Capability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@link ProviderConformance}: the capabilities that the provider has, no more and no less. Those that are not named here
 * must be refused by the provider; nothing else is tested of them.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Offers {
    /** The interfaces. */
    Class<? extends Capability>[] value();
}
