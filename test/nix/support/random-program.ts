import fc from 'fast-check';

/**
 * Random programs that evaluate: typed by construction (`n` number, `s` string, `b` boolean, `l` list of numbers, `t`
 * list of strings, `a` set), every name in scope.
 */
type Kind = 'n' | 's' | 'b' | 'l' | 't' | 'a';
type Program = fc.Arbitrary<string>;

const join = (strings: TemplateStringsArray, ...parts: readonly Program[]): Program =>
  fc.tuple(...parts).map((values) => String.raw({ raw: strings }, ...values));

const word = fc.constantFrom('a', 'b', 'key', 'web1', 'alice', 'x-y', "x'");
const textPiece = fc.constantFrom(
  '',
  'a',
  'ssh-ed25519',
  ' ',
  '  b',
  '\\n',
  'ü',
  '$',
  "'",
  '\\"',
  '.',
  '/',
  '#',
  '\\\\',
);

export const programs = fc.letrec<Record<Kind | 'any', string>>((tie) => {
  const n = tie('n');
  const s = tie('s');
  const b = tie('b');
  const l = tie('l');
  const t = tie('t');
  const a = tie('a');
  /** Forms that every kind can take. */
  const wrapped = (kind: Kind, self: Program): readonly Program[] => [
    join`(let x = ${n}; ${word} = ${self}; in ${self})`,
    join`(if ${b} then ${self} else ${self})`,
    join`(with { v = ${self}; w = 1; }; v)`,
    join`((x: y: x) ${self} (throw "unused"))`,
    join`(({ p, q ? p, ... }@all: q) { p = ${self}; r = 1; })`,
    join`(assert ${b} || true; ${self})`,
    join`{ ${word} = ${self}; } .${word} or ${self}`.map((text) => `(${text})`),
    join`(rec { u = ${self}; v = u; }.v)`,
    join`(let inherit (rec { i = ${self}; }) i; in i)`,
    join`(builtins.seq ${n} ${self})`,
    join`(let r = builtins.tryEval ${self}; in if r.success then r.value else ${self})`,
    ...(kind === 'l' || kind === 't' ? [] : [join`(builtins.head [ ${self} ])`]),
  ];
  const kinds: Readonly<Record<Kind, readonly Program[]>> = {
    n: [
      fc.integer({ min: 0, max: 99 }).map(String),
      join`(${n} + ${n})`,
      join`(${n} - ${n})`,
      join`(${n} * 3)`,
      join`(${n} / 7)`,
      join`(builtins.length ${l})`,
      join`(builtins.stringLength ${s})`,
      join`(builtins.foldl' (x: y: x + y) 0 ${l})`,
      join`(builtins.length (builtins.attrNames ${a}))`,
    ],
    s: [
      fc.array(textPiece, { maxLength: 4 }).map((pieces) => `"${pieces.join('').replace(/\$$/, '')}"`),
      fc
        .array(fc.constantFrom('  x', '\n', ' ', 'y', "'''", "''$", '\t', '"', "''\\n"), { maxLength: 6 })
        .map((pieces) => `''${pieces.join('')} ''`),
      join`(${s} + ${s})`,
      join`"<\${${s}}>"`,
      join`''\n  \${${s}}\n    z\n  ''`,
      join`(toString ${n})`,
      join`(toString ${l})`,
      join`(builtins.concatStringsSep ${s} ${t})`,
      join`(builtins.substring 1 3 ${s})`,
      join`(builtins.replaceStrings [ "a" " " "" ] [ "1" "_" "." ] ${s})`,
      join`(builtins.toJSON ${a})`,
      join`(builtins.toJSON ${t})`,
      join`(baseNameOf ${s})`,
      join`(builtins.hashString "md5" ${s})`,
      join`(builtins.typeOf ${tie('any')})`,
    ],
    b: [
      fc.constantFrom('true', 'false'),
      join`(${n} < ${n})`,
      join`(${s} <= ${s})`,
      join`(${l} == ${l})`,
      join`(${a} != ${a})`,
      join`(!${b})`,
      join`(${b} && ${b} || ${b})`,
      join`(${b} -> ${b})`,
      join`(builtins.elem ${n} ${l})`,
      join`(${a} ? ${word})`,
      join`(builtins.any (x: x > 5) ${l})`,
      join`(builtins.isString ${tie('any')})`,
      join`(builtins.match "(a|b)*[[:space:]]?.*" ${s} == null)`,
    ],
    l: [
      join`[ ]`,
      join`[ ${n} ${n} ]`,
      join`(${l} ++ ${l})`,
      join`(map (x: x + 1) ${l})`,
      join`(builtins.filter (x: x > 3) ${l})`,
      join`(builtins.genList (x: x * x) 3)`,
      join`(builtins.concatMap (x: [ x ${n} ]) ${l})`,
      join`(builtins.sort (x: y: x < y) ${l})`,
      join`(builtins.tail ([ 0 ] ++ ${l}))`,
      join`(builtins.partition (x: x > 9) ${l}).right`.map((text) => `(${text})`),
    ],
    t: [
      join`[ ${s} ]`,
      join`(${t} ++ [ ${s} ${s} ])`,
      join`(builtins.attrNames ${a})`,
      join`(map toString ${l})`,
      join`(builtins.filter builtins.isString (builtins.split "[[:space:]]+|b" ${s}))`,
      join`(builtins.sort builtins.lessThan ${t})`,
      join`(builtins.splitVersion ${s})`,
    ],
    a: [
      join`{ }`,
      join`{ ${word} = ${n}; }`,
      join`{ one.${word} = ${s}; one.two = ${t}; }`,
      join`rec { k = ${n}; m = k + 1; \${${s}} = 1; }`,
      join`(${a} // ${a})`,
      join`(builtins.mapAttrs (name: value: name) ${a})`,
      join`(builtins.listToAttrs (map (name: { inherit name; value = ${n}; }) ${t}))`,
      join`(builtins.removeAttrs ${a} ${t})`,
      join`(builtins.intersectAttrs ${a} ${a})`,
      join`(builtins.groupBy (x: if x > 5 then "big" else "small") ${l})`,
      join`(builtins.zipAttrsWith (name: values: builtins.length values) [ ${a} ${a} ])`,
    ],
  };
  const of = (kind: Kind) =>
    fc.oneof({ maxDepth: 4, depthSize: 'small' }, ...kinds[kind], ...wrapped(kind, tie(kind)));
  return {
    n: of('n'),
    s: of('s'),
    b: of('b'),
    l: of('l'),
    t: of('t'),
    a: of('a'),
    any: fc.oneof({ maxDepth: 4 }, n, s, b, l, t, a),
  };
}).any;
