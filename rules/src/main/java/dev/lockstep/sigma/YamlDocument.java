package dev.lockstep.sigma;

/** One document of a YAML stream, with its own lines of the text in Unix line endings. */
public record YamlDocument(YamlNode root, String text) {}
