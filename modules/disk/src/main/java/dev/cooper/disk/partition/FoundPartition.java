package dev.cooper.disk.partition;

/**
 * A partition as a table has it, whoever wrote it.
 *
 * @param number from 1; logical partitions of an MBR from 5
 * @param type what it is for, in words where the type is a common one, else as the table has it
 * @param start its first byte on the disk
 * @param size in bytes
 * @param id its UUID; empty in an MBR
 * @param name what a GPT calls it; may be empty
 */
public record FoundPartition(
    int number, String type, long start, long size, String id, String name) {}
