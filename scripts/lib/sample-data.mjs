// The content of the sample project: a requirements graph, the same on every machine.

const verbs = [
  'store',
  'show',
  'check',
  'export',
  'import',
  'record',
  'compare',
  'sign',
  'archive',
  'measure',
  'route',
  'lock',
];
const objects = [
  'orders',
  'invoices',
  'user accounts',
  'audit entries',
  'sensor readings',
  'delivery notes',
  'price lists',
  'access rights',
  'maintenance plans',
  'test reports',
];
const conditions = [
  'within two seconds',
  'while the network is down',
  'in the language of the user',
  'without losing a record',
  'for at least ten years',
  'before the end of a shift',
  'after each release',
];
const statuses = ['draft', 'proposed', 'approved', 'implemented', 'verified'];
const reasons = ['uses its data', 'refines it', 'needs it first', 'shares its interface', 'is checked by it'];
const owners = ['aoki', 'baker', 'chen', 'dubois', 'eriksen', 'fischer'];
const components = [
  ...['Gateway', 'Ledger', 'Catalog', 'Scheduler', 'Reporting', 'Identity', 'Archive', 'Notifier'],
  ...['Importer', 'Exporter', 'Search', 'Audit', 'Billing', 'Console', 'Sync', 'Telemetry'],
];

/** A generator of numbers from 0 to below 1 that always gives the same row (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const id = (prefix, number) => `${prefix}-${String(number).padStart(3, '0')}`;
const day = (offset) => new Date(Date.UTC(2024, 0, 8 + offset)).toISOString().slice(0, 10);
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/**
 * The rows of each table, as CSV columns in the order of the table.
 * `first` is what version v1.0.0 holds; `later` is what v1.1.0 adds.
 */
export function sampleRows() {
  const next = numbers(20240108);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const requirement = (number) => {
    const [verb, object, condition] = [pick(verbs), pick(objects), pick(conditions)];
    return [
      id('REQ', number),
      `${capital(verb)} ${object} ${condition}`,
      `The system shall ${verb} ${object} ${condition}.`,
      pick(statuses),
      String(1 + Math.floor(next() * 5)),
      day(number),
    ];
  };
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const dependencies = (from, to) =>
    range(from, to).flatMap((number) => {
      // Only towards older requirements: the graph has no cycle.
      const targets = new Set(range(1, Math.floor(next() * 4)).map(() => 1 + Math.floor(next() * (number - 1))));
      return [...targets]
        .filter((target) => target < number)
        .map((target) => [id('REQ', number), id('REQ', target), pick(reasons)]);
    });
  const satisfied = (from, to) =>
    range(from, to).map((number) => [
      id('REQ', number),
      id('CMP', 1 + Math.floor(next() * components.length)),
      day(number + 30),
    ]);
  return {
    first: {
      Requirement: range(1, 240).map(requirement),
      Component: components.map((name, index) => [
        id('CMP', index + 1),
        name,
        `Kept by ${owners[index % owners.length]}`,
      ]),
      depends_on: dependencies(2, 240),
      satisfied_by: satisfied(1, 180),
    },
    later: {
      Requirement: range(241, 300).map((number) => [...requirement(number), pick(owners)]),
      TestCase: range(1, 120).map((number) => [
        id('TC', number),
        `Checks ${id('REQ', number)}`,
        number % 3 === 0 ? 'False' : 'True',
      ]),
      depends_on: dependencies(241, 300),
      verifies: range(1, 120).map((number) => [id('TC', number), id('REQ', number), day(300 + number)]),
    },
  };
}

/** The scripts of the sample project; the first three are applied, and the last one is left pending. */
export const sampleMigrations = [
  {
    file: '20250801090000_create_requirements.cypher',
    up: [
      'CREATE NODE TABLE Requirement(id STRING, title STRING, description STRING, status STRING, priority INT64, created DATE, PRIMARY KEY(id))',
      'CREATE REL TABLE depends_on(FROM Requirement TO Requirement, reason STRING)',
    ],
    down: ['DROP TABLE depends_on', 'DROP TABLE Requirement'],
  },
  {
    file: '20250812140000_create_components.cypher',
    up: [
      'CREATE NODE TABLE Component(id STRING, name STRING, keeper_note STRING, PRIMARY KEY(id))',
      'CREATE REL TABLE satisfied_by(FROM Requirement TO Component, since DATE)',
    ],
    down: ['DROP TABLE satisfied_by', 'DROP TABLE Component'],
  },
  {
    file: '20250903101500_add_owner_and_test_cases.cypher',
    up: [
      'ALTER TABLE Requirement ADD owner STRING',
      'ALTER TABLE Component DROP keeper_note',
      'CREATE NODE TABLE TestCase(id STRING, title STRING, automated BOOL, PRIMARY KEY(id))',
      'CREATE REL TABLE verifies(FROM TestCase TO Requirement, last_run DATE)',
    ],
    down: [
      'DROP TABLE verifies',
      'DROP TABLE TestCase',
      'ALTER TABLE Component ADD keeper_note STRING',
      'ALTER TABLE Requirement DROP owner',
    ],
  },
  {
    file: '20250915080000_add_due_date.cypher',
    up: [
      'ALTER TABLE Requirement ADD due DATE',
      "MATCH (r:Requirement) WHERE r.status = 'approved' SET r.due = date('2025-12-31')",
    ],
    down: ['ALTER TABLE Requirement DROP due'],
  },
];
