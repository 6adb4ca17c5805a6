import { ProviderConfigError } from './provider';

/** Reads a provider's stanza field by field, naming what is wrong. */
export class ProviderConfig {
  readonly #fields: Record<string, unknown>;

  constructor(
    private readonly at: string,
    config: unknown,
  ) {
    if (
      typeof config !== 'object' ||
      config === null ||
      Array.isArray(config)
    ) {
      throw new ProviderConfigError(`${at} must be an object`);
    }
    this.#fields = config as Record<string, unknown>;
  }

  raw(field: string): unknown {
    return Object.prototype.hasOwnProperty.call(this.#fields, field)
      ? (this.#fields[field] ?? undefined)
      : undefined;
  }

  optionalText(field: string): string | undefined {
    const value = this.raw(field);
    if (value === undefined || typeof value === 'string') return value;
    throw new ProviderConfigError(`${this.at}.${field} must be a string`);
  }

  text(field: string): string {
    const value = this.optionalText(field);
    if (value) return value;
    throw new ProviderConfigError(`${this.at}.${field} is required`);
  }

  flag(field: string): boolean {
    return this.raw(field) === true;
  }

  /** A positive number of seconds, as milliseconds. */
  seconds(field: string, absent: number): number {
    const value = this.raw(field);
    if (value === undefined) return absent * 1_000;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      throw new ProviderConfigError(
        `${this.at}.${field} must be a number of seconds`,
      );
    }
    return (value || absent) * 1_000;
  }

  optional(field: string): ProviderConfig | undefined {
    const value = this.raw(field);
    return value === undefined
      ? undefined
      : new ProviderConfig(`${this.at}.${field}`, value);
  }

  /**
   * The same, of an object that may be there without a word in it: Argo
   * Rollouts writes `authentication: {oauth2: {}, sigv4: {}}` into every run
   * that it makes of a metric without any.
   */
  stated(field: string): ProviderConfig | undefined {
    const config = this.optional(field);
    return config && Object.values(config.#fields).some(isStated)
      ? config
      : undefined;
  }

  /** A required object, as it is. */
  object(field: string): Record<string, unknown> {
    return new ProviderConfig(`${this.at}.${field}`, this.raw(field)).#fields;
  }

  /** `[{ key, value }]`, as headers are written. */
  pairs(field: string): { key: string; value: string }[] {
    const value = this.raw(field);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      throw new ProviderConfigError(`${this.at}.${field} must be a list`);
    }
    return value.map((each, i) => {
      const pair = new ProviderConfig(`${this.at}.${field}[${i}]`, each);
      return { key: pair.text('key'), value: pair.optionalText('value') ?? '' };
    });
  }

  texts(field: string): string[] {
    const value = this.raw(field);
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every(each => typeof each === 'string')) {
      return value;
    }
    throw new ProviderConfigError(
      `${this.at}.${field} must be a list of strings`,
    );
  }
}

function isStated(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
