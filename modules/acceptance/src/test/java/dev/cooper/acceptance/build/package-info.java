/** The same contexts built by Cooper and by a Docker engine, and what came out compared. */
package dev.cooper.acceptance.build;
