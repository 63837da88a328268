package dev.lockstep.customer;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The value of a customer's attribute. */
public sealed interface AttributeValue {

  /** A text. */
  record Text(String text) implements AttributeValue {
    public Text {
      requireNonNull(text, "text is null");
    }
  }

  /** A number. */
  record Numeric(double number) implements AttributeValue {}

  /** True or false. */
  record Truth(boolean truth) implements AttributeValue {}

  /** Several texts; a flag's clause is true of them if it is of any. */
  record Texts(List<String> texts) implements AttributeValue {
    public Texts {
      texts = List.copyOf(texts);
    }
  }
}
