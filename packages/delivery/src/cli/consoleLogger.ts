import type { DeliveryLogger, LogFields } from '../live/logger';

export interface ConsoleLoggerOptions {
  write: (line: string) => void;
  now: () => Date;
  verbose: boolean;
}

function format(fields: LogFields = {}): string {
  return Object.entries(fields)
    .map(([key, value]) =>
      typeof value === 'string' && /[\s"=]/.test(value)
        ? ` ${key}=${JSON.stringify(value)}`
        : ` ${key}=${value}`,
    )
    .join('');
}

/** One line per message: time, level, message, fields as key=value. */
export function createConsoleLogger({
  write,
  now,
  verbose,
}: ConsoleLoggerOptions): DeliveryLogger {
  const at = (level: string) => (message: string, fields?: LogFields) =>
    write(
      `${now().toISOString()} ${level} ${message.replaceAll('\n', ' ')}${format(fields)}\n`,
    );
  return {
    debug: verbose ? at('debug') : () => {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
