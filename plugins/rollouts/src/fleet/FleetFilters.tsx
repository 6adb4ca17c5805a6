import { Button, ButtonIcon, SearchField, Select } from '@backstage/ui';
import { RiCloseLine, RiSortAsc, RiSortDesc } from '@remixicon/react';
import { useMemo, useState } from 'react';
import {
  FLEET_FACETS,
  FLEET_SORTS,
  type FleetFacet,
  type FleetFacetCounts,
  type FleetSort,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { facetOptions } from './facetOptions';
import type { FleetQuery } from './fleetUrl';
import styles from './FleetFilters.module.css';

type ChosenFacet = Exclude<FleetFacet, 'state'>;

const CHOSEN_FACETS: ChosenFacet[] = [
  'owner',
  'system',
  'cluster',
  'namespace',
  'strategy',
];

/** Search, a choice for each facet with its counts, and the order. */
export const FleetFilters = (props: {
  query: FleetQuery;
  facets: FleetFacetCounts | undefined;
  onChange(change: Partial<FleetQuery>): void;
}) => {
  const { t } = useRolloutsTranslation();
  const { query, facets, onChange } = props;
  const filtered =
    Boolean(query.q) ||
    FLEET_FACETS.some(facet => (query[facet]?.length ?? 0) > 0);
  return (
    <div className={styles.filters} role="search">
      <SearchField
        className={styles.search}
        size="small"
        aria-label={t('fleet.search.label')}
        placeholder={t('fleet.search.placeholder')}
        value={query.q ?? ''}
        onChange={q => onChange({ q: q || undefined })}
      />
      {CHOSEN_FACETS.map(facet => (
        <FacetSelect
          key={facet}
          facet={facet}
          counts={facets?.[facet]}
          chosen={query[facet] ?? []}
          onChange={chosen => onChange({ [facet]: chosen })}
        />
      ))}
      <div className={styles.sort}>
        <Select
          size="small"
          aria-label={t('fleet.sort.label')}
          options={FLEET_SORTS.map(sort => ({
            id: sort,
            label: t(`fleet.sort.by.${sort}`),
          }))}
          value={query.sort}
          onChange={sort => onChange({ sort: sort as FleetSort })}
        />
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={t(
            query.order === 'asc'
              ? 'fleet.sort.ascending'
              : 'fleet.sort.descending',
          )}
          icon={query.order === 'asc' ? <RiSortAsc /> : <RiSortDesc />}
          onPress={() =>
            onChange({ order: query.order === 'asc' ? 'desc' : 'asc' })
          }
        />
      </div>
      {filtered && (
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiCloseLine />}
          onPress={() =>
            onChange({
              q: undefined,
              ...Object.fromEntries(
                FLEET_FACETS.map(facet => [facet, undefined]),
              ),
            })
          }
        >
          {t('fleet.clear')}
        </Button>
      )}
    </div>
  );
};

function FacetSelect(props: {
  facet: ChosenFacet;
  counts: Record<string, number> | undefined;
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}) {
  const { t } = useRolloutsTranslation();
  const { facet, counts, chosen, onChange } = props;
  const [open, setOpen] = useState(false);
  // A closed list has what is chosen alone, and one more so that it can be
  // opened: hundreds of options would be made anew with each letter typed.
  const shown = useMemo(() => {
    const all = open || chosen.length > 0 ? (counts ?? {}) : firstOf(counts);
    const options = facetOptions(facet, all, chosen, t);
    return open || chosen.length === 0
      ? options
      : options.filter(({ id }) => chosen.includes(id));
  }, [open, counts, chosen, facet, t]);
  return (
    <Select
      className={styles.facet}
      size="small"
      selectionMode="multiple"
      search={{ placeholder: t('fleet.facet.find') }}
      aria-label={t(`fleet.facet.${facet}`)}
      placeholder={t(`fleet.facet.${facet}`)}
      options={shown}
      onOpenChange={setOpen}
      value={[...chosen]}
      onChange={keys => onChange(keys.map(String))}
    />
  );
}

function firstOf(
  counts: Record<string, number> | undefined,
): Record<string, number> {
  return Object.fromEntries(Object.entries(counts ?? {}).slice(0, 1));
}
