/**
 * The merged view of a stack of layers: {@link dev.cooper.image.tree.FileTree}, its nodes, and
 * where the bytes of its files come from.
 */
@NullMarked
package dev.cooper.image.tree;

import org.jspecify.annotations.NullMarked;
