import { runningPortal } from '../portal/runningPortal';

/** What the gateway served, by its own count. */
export interface RequestCounts {
  total: number;
  errors: number;
  byColor: Record<string, number>;
}

/** The requests to `demo/<name>` of the last `window` seconds. */
export async function requestCounts(
  name: string,
  window: number,
): Promise<RequestCounts> {
  const response = await fetch(
    `${runningPortal().gateway}/api/counts?namespace=demo&name=${name}&window=${window}`,
  );
  if (!response.ok) {
    throw new Error(`The gateway answered ${response.status}`);
  }
  return response.json();
}

/** The share of one colour among the requests of the last `window` seconds. */
export async function shareOf(color: string, name: string, window: number) {
  const counts = await requestCounts(name, window);
  return (counts.byColor[color] ?? 0) / counts.total;
}
