/** How long a pod takes to start and to end, on every cluster; milliseconds. */
export const POD_SPEED = {
  startDelayMs: { min: 400, max: 400 },
  shutdownMs: 100,
};
