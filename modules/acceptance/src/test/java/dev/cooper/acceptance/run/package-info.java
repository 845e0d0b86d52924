/** Running containers as a user does, compared with Docker where there is one. */
package dev.cooper.acceptance.run;
