import { directives } from './directives.mjs';
import { clauses } from './duckdb-clauses.mjs';
import { literals } from './duckdb-literals.mjs';
import { statements } from './duckdb-statements.mjs';
import { types } from './duckdb-types.mjs';

// `$base` would be this grammar, not the one that it is injected into.
const { sectionMarker, directiveWithQuery, directive, directiveValue } = directives('--', [{ include: 'source.sql' }]);

/**
 * What DuckDB adds to the SQL that the editor knows. It is injected into every SQL file, so it leaves alone what another
 * database reads differently: each rule says where it would.
 */
export const duckdb = {
  order: ['comments', 'strings', 'statements', 'types', 'clauses', 'lambda', 'brackets', 'literals', 'operators'],
  rules: {
    comments: { patterns: [sectionMarker, directiveWithQuery, directive] },
    'directive-value': directiveValue,
    ...literals,
    ...statements,
    ...types,
    ...clauses,
  },
};
