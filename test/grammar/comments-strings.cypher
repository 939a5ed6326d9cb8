// a line comment with 'quotes' and `names` and MATCH
RETURN 1; // behind a statement
/* a block
   comment; with 'an open quote
 * and MATCH (n) RETURN n; */ RETURN 2;
RETURN /* inside */ 3 /* ***/ ;
-- a line for people, not for the engine; it's stripped
  -- indented
----------------------------------
--
RETURN 'single \'quoted\' "x" \\ end', "double \"quoted\" 'x' // no comment", '', "";
RETURN 'over
two -- lines; RETURN', 'escapes: \n \t \u00e9 \U0001F600 \b';
RETURN '\q is refused', "\x41 too";
WITH 1 AS `back quoted; -- 'name'`, 2 AS `doubled``one` RETURN `back quoted; -- 'name'`;
