/**
 * What the hub signs with: Ed25519 (RFC 8032), named by the RFC 7638 thumbprint of its public half,
 * so that a key id can never be given to another key. Public halves stay in the database for ever,
 * as a quote signed today must be checkable after any number of rotations; private halves are files
 * of the data folder that only the hub may read.
 */
export { openKeys, type Keys, type PublishedKey } from './key-ring.ts'
export { thumbprint, verifyBytes, type PublicJwk } from './key.ts'
