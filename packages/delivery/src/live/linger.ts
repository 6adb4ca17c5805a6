/** How long what nobody asks for any more is still mirrored; milliseconds. */
export const LINGER = 10 * 60_000;
