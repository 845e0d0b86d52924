/**
 * Images in registries. {@link dev.cooper.registry.Registry} speaks with one repository of one;
 * {@link dev.cooper.registry.Pull} and {@link dev.cooper.registry.Push} move images. They know
 * images only by the ports {@code BlobSource} and {@code BlobSink}.
 */
package dev.cooper.registry;
