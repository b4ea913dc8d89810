@org.jspecify.annotations.NullMarked
package io.careflow.pstn.examples.cost;
