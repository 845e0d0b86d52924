package dev.cooper.elf;

/** What an ELF file is for (its {@code e_type}). */
public enum ElfType {
  /** An object file, to be linked. Kernel modules are of this type as well. */
  RELOCATABLE,
  /** A program loaded at fixed addresses. */
  EXECUTABLE,
  /** A library, or a program that can be loaded anywhere; an interpreter tells the two apart. */
  SHARED,
  /** The memory of a process that crashed. */
  CORE,
  /** A value that this version does not know. */
  OTHER
}
