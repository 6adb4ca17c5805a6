/** Structured logging; Backstage's `LoggerService` fits. */
export interface DeliveryLogger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Record<string, string | number | boolean>;

export const silentLogger: DeliveryLogger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
