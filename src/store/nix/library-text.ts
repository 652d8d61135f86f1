/**
 * The part of nixpkgs' `lib` that rules use, in Nix; parsed only when a rules file asks for it. Each function does
 * what the one of that name does in nixpkgs for the arguments it is documented for.
 */
export const libraryText = String.raw`
with builtins;
rec {
  inherit (builtins) add all any attrNames attrValues catAttrs concatLists concatMap concatStringsSep
    elem elemAt filter foldl' fromJSON functionArgs genList getAttr groupBy hasAttr head intersectAttrs
    isAttrs isBool isFloat isFunction isInt isList isString length lessThan listToAttrs map mapAttrs
    match partition pathExists readFile removeAttrs replaceStrings seq sort stringLength sub substring
    tail toJSON trace typeOf zipAttrsWith;
  id = x: x;
  const = x: y: x;
  flip = f: a: b: f b a;
  pipe = foldl' (x: f: f x);
  singleton = x: [ x ];
  optional = condition: x: if condition then [ x ] else [ ];
  optionals = condition: xs: if condition then xs else [ ];
  optionalAttrs = condition: set: if condition then set else { };
  optionalString = condition: text: if condition then text else "";
  toList = x: if isList x then x else [ x ];
  foldl = f: start: xs: foldl' f start xs;
  foldr = f: start: xs:
    let
      count = length xs;
      from = index: if index == count then start else f (elemAt xs index) (from (index + 1));
    in
    from 0;
  fold = foldr;
  reverseList = xs:
    let count = length xs; in genList (index: elemAt xs (count - index - 1)) count;
  range = first: last: if first > last then [ ] else genList (index: first + index) (last - first + 1);
  take = count: sublist 0 count;
  drop = count: xs: sublist count (length xs) xs;
  sublist = start: count: xs:
    let
      size = length xs;
      size' = if start >= size then 0 else if start + count > size then size - start else count;
    in
    genList (index: elemAt xs (index + start)) size';
  last = xs: elemAt xs (length xs - 1);
  init = xs: genList (elemAt xs) (length xs - 1);
  imap0 = f: xs: genList (index: f index (elemAt xs index)) (length xs);
  imap1 = f: xs: genList (index: f (index + 1) (elemAt xs index)) (length xs);
  unique = foldl' (seen: x: if elem x seen then seen else seen ++ [ x ]) [ ];
  subtractLists = unwanted: filter (x: !(elem x unwanted));
  intersectLists = wanted: filter (x: elem x wanted);
  remove = unwanted: filter (x: x != unwanted);
  flatten = x: if isList x then concatMap flatten x else [ x ];
  forEach = xs: f: map f xs;
  count = test: foldl' (sum: x: if test x then sum + 1 else sum) 0;
  findFirst = test: fallback: xs:
    let found = filter test xs; in if found == [ ] then fallback else head found;
  zipListsWith = f: left: right:
    genList (index: f (elemAt left index) (elemAt right index))
      (if length left < length right then length left else length right);
  zipLists = zipListsWith (fst: snd: { inherit fst snd; });

  nameValuePair = name: value: { inherit name value; };
  genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
  mapAttrs' = f: set: listToAttrs (map (name: f name (getAttr name set)) (attrNames set));
  mapAttrsToList = f: set: map (name: f name (getAttr name set)) (attrNames set);
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = f: set: foldl' (left: right: left // right) { } (attrValues (mapAttrs f set));
  filterAttrs = test: set:
    listToAttrs (concatMap
      (name: if test name (getAttr name set) then [ (nameValuePair name (getAttr name set)) ] else [ ])
      (attrNames set));
  attrVals = names: set: map (name: (getAttr name set)) names;
  getAttrs = names: set: genAttrs names (name: (getAttr name set));
  foldlAttrs = f: start: set:
    foldl' (result: name: f result name (getAttr name set)) start (attrNames set);
  mergeAttrsList = foldl' (left: right: left // right) { };
  recursiveUpdate = left: right:
    left // mapAttrs
      (name: value:
        if isAttrs value && hasAttr name left && isAttrs (getAttr name left)
        then recursiveUpdate (getAttr name left) value
        else value)
      right;
  attrByPath = path: fallback: set:
    if path == [ ] then set
    else if hasAttr (head path) set then attrByPath (tail path) fallback (getAttr (head path) set)
    else fallback;
  hasAttrByPath = path: set:
    path == [ ] || (hasAttr (head path) set && hasAttrByPath (tail path) (getAttr (head path) set));

  concatStrings = concatStringsSep "";
  concatMapStrings = f: xs: concatStrings (map f xs);
  concatMapStringsSep = separator: f: xs: concatStringsSep separator (map f xs);
  concatLines = concatMapStrings (line: line + "\n");
  hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
  hasSuffix = suffix: text:
    let
      size = stringLength text;
      size' = stringLength suffix;
    in
    size >= size' && substring (size - size') size text == suffix;
  hasInfix = infix: text: replaceStrings [ infix ] [ "" ] text != text || infix == "";
  removePrefix = prefix: text:
    if hasPrefix prefix text
    then substring (stringLength prefix) (-1) text
    else text;
  removeSuffix = suffix: text:
    if hasSuffix suffix text
    then substring 0 (stringLength text - stringLength suffix) text
    else text;
  stringToCharacters = text: genList (index: substring index 1 text) (stringLength text);
  escapeRegex =
    let special = stringToCharacters "\\[{()^$?*+|."; in
    replaceStrings special (map (character: "\\" + character) special);
  splitString = separator: text:
    filter isString (split (escapeRegex (toString separator)) (toString text));
  trim = text:
    let found = match "[ \t\r\n]*(.*[^ \t\r\n])[ \t\r\n]*" text; in
    if found == null then "" else head found;
  toLower = replaceStrings (stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ") (stringToCharacters "abcdefghijklmnopqrstuvwxyz");
  toUpper = replaceStrings (stringToCharacters "abcdefghijklmnopqrstuvwxyz") (stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  fileContents = path: removeSuffix "\n" (readFile path);
  importJSON = path: fromJSON (readFile path);
  inherit (builtins) isPath ceil floor;
  isStringLike = x: isString x || isPath x;
}
`;
