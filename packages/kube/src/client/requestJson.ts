import { ProtocolError } from './errors';
import { describe, type Transport, type TransportRequest } from './transport';

/**
 * One request and its answer as an object.
 * @throws KubeApiError, UnreachableError; ProtocolError when the answer is not JSON
 */
export async function requestJson<T>(
  transport: Transport,
  request: TransportRequest,
): Promise<T> {
  const text = await transport.text(request);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProtocolError(
      describe(request),
      `The answer is not JSON: "${text.slice(0, 80)}"`,
      { cause: error },
    );
  }
}
