import { createServer } from 'node:http';
import { stopWithLauncher } from '../stopWithLauncher';

// Like a graceful stop that waits for an answer that never comes.
process.on('SIGTERM', () => {});
stopWithLauncher();
createServer().listen(0, '127.0.0.1', () => process.send?.('listening'));
