import { ApiCall } from './apiCall';
import { Reply } from './reply';
import { ResponseWriter } from './responseWriter';

export function sendReply(
  writer: ResponseWriter,
  call: ApiCall,
  reply: Reply,
): void {
  writer.head(reply.status, {
    'Content-Type': reply.contentType,
    'Content-Length': Buffer.byteLength(reply.body),
    'Cache-Control': 'no-cache, private',
    ...reply.headers,
  });
  if (call.method !== 'HEAD') writer.write(reply.body);
  writer.end();
}
