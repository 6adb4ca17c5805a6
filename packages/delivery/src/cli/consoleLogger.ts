import type { DeliveryLogger, LogFields } from '../live/logger';

export interface ConsoleLoggerOptions {
  write: (line: string) => void;
  now: () => Date;
  verbose: boolean;
  /** `json`: an object a line, with the fields beside `time`, `level`, `message`. */
  format?: 'text' | 'json';
}

function asText(fields: LogFields = {}): string {
  return Object.entries(fields)
    .map(([key, value]) =>
      typeof value === 'string' && /[\s"=]/.test(value)
        ? ` ${key}=${JSON.stringify(value)}`
        : ` ${key}=${value}`,
    )
    .join('');
}

/** One line per message: time, level, message, and the fields. */
export function createConsoleLogger({
  write,
  now,
  verbose,
  format = 'text',
}: ConsoleLoggerOptions): DeliveryLogger {
  const line = (level: string, message: string, fields?: LogFields) => {
    const time = now().toISOString();
    return format === 'json'
      ? JSON.stringify({ ...fields, time, level, message })
      : `${time} ${level} ${message.replaceAll('\n', ' ')}${asText(fields)}`;
  };
  const at = (level: string) => (message: string, fields?: LogFields) =>
    write(`${line(level, message, fields)}\n`);
  return {
    debug: verbose ? at('debug') : () => {},
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
