/** The rules of the house, for the tests of the other modules. */
@org.jspecify.annotations.NullMarked
package io.careflow.house;
