package dev.lockstep.program;

/** A field that some rule names, and its place among those of the program. */
record FieldSlot(int index, String name) {}
