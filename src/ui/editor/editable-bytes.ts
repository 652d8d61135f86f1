/** Bytes that can be edited here; laying out more with every key would be felt. */
export const editableBytes = 256 * 1024;
