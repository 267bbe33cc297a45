// What goods of a kind look like, on a field of 600 by 400 that stands on the line 342. `$m` is the goods' own pattern,
// `$a` `$b` `$c` its colours, `$d` and `$l` the first one darker and lighter.

const label =
  '<path fill="#fff" d="M246 206h108v84H246z"/><path fill="$c" d="M246 206h108v16H246z"/><g fill="$d"><path d="M260 238h80v7h-80zM270 254h60v5h-60z"/></g>'

export const shapes: Readonly<Record<string, string>> = {
  // Textiles
  scarf:
    '<path stroke="#7d868c" stroke-width="12" d="M140 84h320"/><path fill="$m" d="M300 82h88l16 186-88 10z"/><path fill="#000" opacity=".2" d="M300 82h88l16 186-88 10z"/><path stroke="$c" stroke-width="5" d="M322 278l3 22M346 275l3 22M370 272l3 22M394 269l3 22"/><path fill="$m" d="M196 92q0-22 22-22h148q22 0 22 22-46 14-66 32l8 192-118 8z"/><path fill="$d" opacity=".5" d="M322 124q20-18 66-32-30 34-64 62z"/><path stroke="$c" stroke-width="5" d="M218 324l-2 22M242 323l-1 22M266 321v22M290 319l1 22M314 317l2 22"/>',
  cloth:
    '<path fill="$d" d="M150 300l300-20v44q-150 34-300 14z"/><path fill="$m" d="M150 240q150 34 300-10v56q-150 40-300 20z"/><path fill="$m" d="M164 180q140 36 272-10v56q-140 40-272 18z"/><path fill="$l" d="M164 180q140 36 272-10l-4-26q-130 40-264 12z"/>',
  shirt:
    '<path fill="$m" d="M228 92l-88 50 30 66 40-20v148h180V188l40 20 30-66-88-50q-72 44-144 0z"/><path fill="$d" d="M228 92q72 44 144 0l-26-14h-92z"/><path stroke="$d" stroke-width="4" d="M300 120v214"/><g fill="$b"><circle cx="300" cy="160" r="6"/><circle cx="300" cy="210" r="6"/><circle cx="300" cy="260" r="6"/></g>',
  dress:
    '<path fill="$m" d="M252 72q48 34 96 0l22 70-24 44 80 154q-126 24-252 0l80-154-24-44z"/><path fill="$c" d="M250 178h100l-4 20h-92z"/><path fill="$d" d="M252 72q48 34 96 0l-6-8h-84z"/>',
  tee: '<path fill="$m" d="M232 96l-92 48 26 64 44-20v150h180V188l44 20 26-64-92-48q-68 50-136 0z"/><path fill="none" stroke="$d" stroke-width="7" d="M232 96q68 54 136 0"/>',
  coat: '<path fill="$m" d="M236 72l-90 46-24 190 46 8 20-120v146h224V196l20 120 46-8-24-190-90-46-64 62z"/><path fill="$d" d="M236 72l64 88 64-88 20 12-84 130-84-130z"/><path stroke="$d" stroke-width="4" d="M300 214v128"/><g fill="$c"><circle cx="320" cy="236" r="8"/><circle cx="320" cy="280" r="8"/></g>',
  sweater:
    '<path fill="$m" d="M234 92l-84 38-36 186 52 10 26-124v138h216V202l26 124 52-10-36-186-84-38q-66 34-132 0z"/><path fill="$d" d="M234 92q66 34 132 0v-18q-66 28-132 0zM192 322h216v20H192zM112 300l53 11-2 18-54-11zM488 300l-53 11 2 18 54-11z"/>',
  trousers:
    '<path fill="$m" d="M218 72h164l28 268H318l-18-176-18 176h-92z"/><path fill="$d" d="M216 72h168l2 22H214z"/><path stroke="$c" stroke-width="5" d="M288 96q-8 30-14 50M310 96q8 26 14 44" fill="none"/>',
  cap: '<path fill="$m" d="M182 268q0-150 118-150t118 150z"/><path fill="$d" d="M170 262h260q12 0 12 14v30q0 14-12 14H170q-12 0-12-14v-30q0-14 12-14z"/><circle cx="300" cy="104" r="34" fill="$c"/>',
  hat: '<ellipse cx="300" cy="296" rx="196" ry="44" fill="$d"/><ellipse cx="300" cy="286" rx="196" ry="42" fill="$m"/><path fill="$m" d="M206 282q2-146 94-146t94 146q-94 36-188 0z"/><path fill="$c" d="M206 254q94 34 188 0l1 26q-95 38-190 0z"/>',
  mitten:
    '<path fill="$m" d="M176 160q0-70 54-70t54 70v100h-108zM276 196q34-26 46 4 8 28-38 62z"/><path fill="$d" d="M168 256h124v70H168z"/><path fill="$m" d="M432 176q0-70-50-70t-50 70v90h100z"/><path fill="$d" d="M324 262h116v64H324z"/>',
  glove:
    '<path fill="$m" d="M214 196V110q0-16 14-16t14 16v66h6V84q0-16 14-16t14 16v92h6V92q0-16 14-16t14 16v84h6v-54q0-16 13-16t13 16v86l24-22q22-12 24 8l-58 76v52h-104z"/><path fill="$d" d="M212 306h112v34H212z"/>',
  sock: '<path fill="$m" d="M214 76h84v150q0 22 24 34l66 32q40 26 14 46-10 6-40 6h-66q-50 0-70-34-12-20-12-66z"/><path fill="$c" d="M210 70h92v30h-92zM388 292q40 26 14 46-10 6-40 6h-10q-2-38 36-52z"/>',
  tie: '<path fill="$d" d="M264 62h72l-14 46h-44z"/><path fill="$m" d="M278 108h44l44 190-66 48-66-48z"/>',
  cushion:
    '<path fill="$m" d="M148 122q152-36 304 0 34 100 0 204-152 34-304 0-34-104 0-204z"/><path fill="none" stroke="$c" stroke-width="6" d="M148 122q152-36 304 0 34 100 0 204-152 34-304 0-34-104 0-204z"/>',
  blanket:
    '<path fill="$d" d="M138 292h324v48H138z"/><path fill="$m" d="M138 236q-16 30 0 58h324q18-30 0-58zM138 178q-16 30 0 58h324q18-30 0-58z"/><path fill="$m" d="M138 120q-16 30 0 58h324q18-30 0-58z"/><path stroke="$b" stroke-width="4" d="M142 178h318M142 236h318M142 294h318"/>',
  rug: '<path fill="$m" d="M116 116h368v210H116z"/><path fill="none" stroke="$b" stroke-width="8" d="M136 136h328v170H136z"/><path fill="$c" d="M300 150l104 71-104 71-104-71z"/><path fill="$m" d="M300 182l58 39-58 39-58-39z"/><path stroke="$d" stroke-width="5" d="M106 124v196M96 124v196M494 124v196M504 124v196" stroke-dasharray="4 8"/>',
  curtain:
    '<path fill="$d" d="M120 72h360v14H120z"/><path fill="$m" d="M140 86h104v250H140zM248 86h104v250H248zM356 86h104v250H356z"/><circle cx="300" cy="190" r="62" fill="$b"/><path fill="$c" d="M300 150l12 28h28l-22 18 8 28-26-16-26 16 8-28-22-18h28z"/>',
  bundle:
    '<path fill="$m" d="M170 210q130-60 260 0 30 90-20 130H190q-50-40-20-130z"/><path fill="$m" d="M300 196l-84-76q-40 4-34 42zM300 196l84-76q40 4 34 42z"/><path fill="$d" d="M278 170h44v48h-44z"/>',
  apron:
    '<path fill="none" stroke="$d" stroke-width="8" d="M252 110q48-90 96 0"/><path fill="$m" d="M246 106h108l12 84h56v146H178V190h56z"/><path fill="$d" d="M244 236h112v64H244z"/><path stroke="$c" stroke-width="4" d="M300 236v64" />',
  headband:
    '<path fill="$m" d="M150 216q150-96 300 0v64q-150-84-300 0z"/><path fill="$c" d="M274 176q-60-50-66 6-2 40 66 22zM326 176q60-50 66 6 2 40-66 22z"/><path fill="$d" d="M272 166h56v46h-56z"/>',
  // Bags and leather
  tote: '<path fill="none" stroke="$d" stroke-width="14" d="M238 166q0-104 62-104t62 104"/><path fill="$m" d="M176 156h248l20 184H156z"/><path fill="$d" d="M174 156h252l3 22H172z"/>',
  handbag:
    '<path fill="none" stroke="$d" stroke-width="14" d="M224 186q6-106 76-106t76 106"/><path fill="$m" d="M146 192q154-40 308 0l14 130q-6 20-30 20H162q-24 0-30-20z"/><path fill="$d" d="M146 192q154-40 308 0l-34 62q-120 34-240 0z"/><circle cx="300" cy="262" r="14" fill="$c"/>',
  wallet:
    '<path fill="$d" d="M150 150h300v178H150z"/><path fill="$m" d="M142 166h316q12 0 12 12v148q0 14-14 14H144q-14 0-14-14V178q0-12 12-12z"/><path fill="$d" d="M376 222h94v58h-94q-20-8-20-29t20-29z"/><circle cx="388" cy="251" r="12" fill="$c"/>',
  belt: '<path fill="none" stroke="$a" stroke-width="44" d="M300 300q-140 0-140-80t140-80 140 80q0 60-80 74"/><path fill="none" stroke="$d" stroke-width="3" stroke-dasharray="8 8" d="M300 285q-122 0-122-65t122-65 122 65q0 46-60 58"/><path fill="none" stroke="$c" stroke-width="12" d="M272 264h66v72h-66z"/>',
  pouch:
    '<path fill="$m" d="M144 150h312q14 0 14 14v150q0 24-24 24H154q-24 0-24-24V164q0-14 14-14z"/><path fill="$d" d="M130 150h340v26H130z"/><path fill="$c" d="M408 156h14v52h-14z"/>',
  basket:
    '<path fill="none" stroke="$d" stroke-width="14" d="M186 190q12-118 114-118t114 118"/><path fill="$m" d="M150 184h300l-36 142q-6 16-30 16H216q-24 0-30-16z"/><path fill="$c" d="M142 174h316v28H142z"/>',
  lidbasket:
    '<path fill="$m" d="M196 196h208l28 84q-4 62-132 62t-132-62z"/><path fill="$c" d="M196 196h208l8 24H188z"/><path fill="$m" d="M300 54q20 68 104 134H196q84-66 104-134z"/><circle cx="300" cy="54" r="10" fill="$d"/>',
  tray: '<ellipse cx="300" cy="232" rx="190" ry="104" fill="$d"/><ellipse cx="300" cy="220" rx="190" ry="100" fill="$m"/><ellipse cx="300" cy="222" rx="128" ry="64" fill="$b"/><ellipse cx="300" cy="224" rx="104" ry="50" fill="$m"/><ellipse cx="300" cy="226" rx="44" ry="21" fill="$c"/>',
  // Food and care
  jar: `<path fill="$l" d="M214 128h172q24 12 24 44v146q0 24-26 24H216q-26 0-26-24V172q0-32 24-44z"/><path fill="$a" d="M202 196h196v116q0 18-20 18H222q-20 0-20-18z"/><path fill="$d" d="M204 84h192v46H204z"/><path fill="$c" d="M204 100h192v8H204z"/>${label}`,
  honey: `<path fill="#f4d9a0" d="M214 128h172q24 12 24 44v146q0 24-26 24H216q-26 0-26-24V172q0-32 24-44z"/><path fill="#e0962a" d="M202 196h196v116q0 18-20 18H222q-20 0-20-18z"/><path fill="$a" d="M204 84h192v46H204z"/><path fill="$c" d="M204 100h192v8H204z"/>${label}`,
  bottle: `<path fill="$a" d="M268 96h64v50q0 20 24 44 18 18 18 46v82q0 24-24 24H250q-24 0-24-24v-82q0-28 18-46 24-24 24-44z"/><path fill="$d" d="M262 58h76v40h-76z"/><path fill="#fff" opacity=".25" d="M244 222h16v96h-16z"/><path fill="#fff" d="M246 218h108v86H246z"/><path fill="$c" d="M246 218h108v18H246z"/><path fill="$d" d="M262 252h76v7h-76zM270 268h60v5h-60z"/>`,
  dropper:
    '<path fill="$d" d="M282 60h36v56h-36z"/><path fill="#26343b" d="M264 112h72v36h-72z"/><path fill="$a" d="M252 148h96q28 14 28 44v124q0 26-26 26H250q-26 0-26-26V192q0-30 28-44z"/><path fill="#fff" d="M236 212h128v92H236z"/><path fill="$c" d="M300 224q34 30 0 62-34-32 0-62z"/>',
  tin: `<path fill="$m" d="M194 112h212v212q-106 34-212 0z"/><ellipse cx="300" cy="112" rx="106" ry="26" fill="$l"/><ellipse cx="300" cy="112" rx="78" ry="17" fill="$d"/>${label}`,
  packet: `<path fill="$m" d="M206 84h188l16 240q-6 18-24 18H214q-18 0-24-18z"/><path fill="$d" d="M202 74h196v24H202z"/>${label}`,
  sack: '<path fill="$b" d="M196 120q104 30 208 0 44 100 18 206-122 30-244 0-26-106 18-206z"/><path fill="$d" d="M196 120q104 30 208 0l-26-40q-78 30-156 0z"/><path fill="$a" d="M222 188h156v96H222z"/><g fill="$c"><circle cx="270" cy="236" r="18"/><circle cx="304" cy="228" r="18"/><circle cx="334" cy="244" r="18"/></g>',
  box: `<path fill="$d" d="M410 132l60-32v192l-60 44z"/><path fill="$l" d="M190 132l66-32h214l-60 32z"/><path fill="$m" d="M190 132h220v204H190z"/>${label}`,
  bar: '<path fill="$c" d="M142 150h316v170H142z"/><path fill="$m" d="M142 150h226v170H142z"/><path stroke="$d" stroke-width="4" d="M412 150v170M368 206h90M368 264h90M368 150v170"/><path fill="#fff" d="M170 196h170v76H170z"/><path fill="$d" d="M190 216h130v10H190zM206 240h98v7h-98z"/>',
  biscuits:
    '<ellipse cx="300" cy="322" rx="180" ry="30" fill="$b"/><g fill="$a" stroke="$d" stroke-width="4"><circle cx="222" cy="266" r="60"/><circle cx="378" cy="266" r="60"/><circle cx="300" cy="204" r="66"/></g><g fill="$c"><circle cx="280" cy="190" r="8"/><circle cx="322" cy="210" r="8"/><circle cx="296" cy="232" r="7"/><circle cx="212" cy="256" r="7"/><circle cx="240" cy="286" r="7"/><circle cx="372" cy="250" r="7"/><circle cx="394" cy="284" r="7"/></g>',
  fruit:
    '<ellipse cx="300" cy="322" rx="190" ry="34" fill="$b"/><g fill="#e3a034" stroke="#a8671a" stroke-width="4"><path d="M150 300q10-90 90-96 16 70-90 96zM260 306q-20-110 60-150 54 76-60 150zM350 306q20-80 110-84 4 72-110 84z"/></g><path fill="$a" d="M306 152q10-46 50-50-4 40-50 50z"/>',
  soap: '<path fill="$d" d="M150 306h300l-24 36H174z"/><path fill="$m" d="M180 190h240q32 0 32 58t-32 58H180q-32 0-32-58t32-58z"/><path fill="none" stroke="$b" stroke-width="6" d="M196 214h208q18 0 18 34t-18 34H196q-18 0-18-34t18-34z"/><g fill="#fff" opacity=".8"><circle cx="214" cy="160" r="20"/><circle cx="252" cy="136" r="13"/><circle cx="392" cy="150" r="16"/></g>',
  tube: '<path fill="$m" d="M238 66h124l14 212H224z"/><path fill="$d" d="M238 56h124v22H238zM244 278h112v62H244z"/><path fill="#fff" d="M254 118h92v104h-92z"/><path fill="$c" d="M300 136q40 34 0 70-40-36 0-70z"/>',
  balm: '<path fill="$d" d="M176 226h248v76q0 40-124 40t-124-40z"/><ellipse cx="300" cy="226" rx="124" ry="38" fill="$l"/><ellipse cx="300" cy="226" rx="102" ry="28" fill="$b"/><g transform="rotate(-18 420 160)"><ellipse cx="404" cy="140" rx="112" ry="34" fill="$m"/><path fill="$d" d="M292 140v24q20 34 112 34t112-34v-24q-12 34-112 34t-112-34z"/></g>',
  candle:
    '<path fill="$m" d="M224 158h152v176q-76 20-152 0z"/><ellipse cx="300" cy="158" rx="76" ry="20" fill="$l"/><path stroke="#26343b" stroke-width="6" d="M300 156v-28"/><path fill="#f2a33a" d="M300 62q34 42 0 68-34-26 0-68z"/><path fill="#ffe3a1" d="M300 92q14 20 0 34-14-14 0-34z"/>',
  incense:
    '<g stroke="$a" stroke-width="7"><path d="M240 330L200 90M270 330l-14-250M300 330V76M330 330l14-250M360 330l40-240"/></g><path fill="$m" d="M196 254h208l-16 86H212z"/><path fill="none" stroke="#fff" stroke-width="6" opacity=".8" d="M300 70q-22-16 0-30t0-28"/>',
  fish: '<path fill="$b" d="M130 300h340v34H130z"/><path fill="$m" d="M128 220q90-100 228-40l76-54q-20 60 0 168l-76-52q-138 62-228-22z"/><circle cx="190" cy="208" r="10" fill="#26343b"/><path fill="none" stroke="$c" stroke-width="6" d="M250 182q22 40 0 78M298 172q22 46 0 96"/>',
  // Table and home
  mug: '<path fill="none" stroke="$d" stroke-width="22" d="M392 176q84-10 76 60-8 52-82 48"/><path fill="$m" d="M190 124h212v176q0 40-40 40H230q-40 0-40-40z"/><ellipse cx="296" cy="124" rx="106" ry="20" fill="$d"/>',
  cup: '<path fill="$m" d="M196 118h208l-26 200q-2 22-26 22H248q-24 0-26-22z"/><ellipse cx="300" cy="118" rx="104" ry="22" fill="$l"/><path fill="$c" d="M203 172h194l-3 20H206z"/>',
  bowl: '<path fill="$m" d="M128 178h344q-8 150-118 158H246Q136 328 128 178z"/><ellipse cx="300" cy="178" rx="172" ry="36" fill="$d"/><ellipse cx="300" cy="184" rx="142" ry="24" fill="$l"/><path fill="$d" d="M240 330h120v14H240z"/>',
  teapot:
    '<path fill="none" stroke="$d" stroke-width="20" d="M418 196q70-8 62 58-8 44-72 42"/><path fill="$d" d="M184 236q-66-2-84-74l34-10q12 40 60 44z"/><path fill="$m" d="M172 240q0-104 128-104t128 104-60 102H232q-60 2-60-102z"/><path fill="$d" d="M224 146q76-32 152 0-6 18-76 18t-76-18z"/><circle cx="300" cy="114" r="18" fill="$c"/>',
  vase: '<path fill="$m" d="M258 70h84q-12 58 34 104 44 50 20 120-14 48-64 48h-64q-50 0-64-48-24-70 20-120 46-46 34-104z"/><path fill="$d" d="M250 62h100v18H250z"/><path fill="$c" d="M206 226q94 30 188 0l4 20q-98 32-196 0z"/>',
  glass:
    '<g opacity=".92"><path fill="$l" d="M206 96h188l-22 230q-2 16-20 16H248q-18 0-20-16z"/><path fill="$m" opacity=".7" d="M214 180h172l-14 140q-2 14-16 14H244q-14 0-16-14z"/><path fill="#fff" opacity=".5" d="M226 110h18l14 210h-14z"/></g><ellipse cx="300" cy="96" rx="94" ry="16" fill="$b"/>',
  goblet:
    '<path fill="$m" opacity=".88" d="M214 78h172q8 132-74 148v86q56 6 64 30H224q8-24 64-30v-86q-82-16-74-148z"/><ellipse cx="300" cy="80" rx="86" ry="16" fill="$b"/><path fill="#fff" opacity=".45" d="M234 100h14q0 60 34 96-42-24-48-96z"/>',
  paperweight:
    '<circle cx="300" cy="222" r="118" fill="$l"/><circle cx="300" cy="230" r="84" fill="$m"/><circle cx="300" cy="236" r="38" fill="$c"/><ellipse cx="258" cy="164" rx="40" ry="22" fill="#fff" opacity=".7" transform="rotate(-30 258 164)"/>',
  moka: '<path fill="none" stroke="#26343b" stroke-width="18" d="M384 116q64 0 56 92"/><path fill="$l" d="M222 100h156l-22 94H244z"/><path fill="$a" d="M244 194h112l34 148H210z"/><path fill="$d" d="M236 186h128v20H236zM222 88h156v16H222z"/><path fill="$l" d="M224 104l-36-10 12 34z"/><circle cx="300" cy="76" r="14" fill="$c"/>',
  lamp: '<path fill="$d" d="M214 320h172v22H214zM292 210h16v114h-16z"/><path fill="$m" d="M232 84h136l56 132H176z"/><path fill="#ffe9b0" d="M186 216h228l-14 16H200z"/>',
  desklamp:
    '<path fill="$d" d="M330 322h130v20H330z"/><path fill="none" stroke="$a" stroke-width="16" d="M394 322L330 214l-92-60"/><path fill="$m" d="M168 132l92-58 42 84-84 56z"/><path fill="#ffe9b0" opacity=".75" d="M214 212l88-54-10 170H120z"/>',
  diya: '<path fill="$m" d="M150 232h300q-20 84-110 90v20h-80v-20q-90-6-110-90z"/><ellipse cx="300" cy="232" rx="150" ry="30" fill="$d"/><ellipse cx="300" cy="232" rx="120" ry="20" fill="$l"/><path fill="#f2a33a" d="M300 100q52 66 0 130-52-64 0-130z"/><path fill="#ffe3a1" d="M300 154q22 34 0 68-22-34 0-68z"/>',
  bell: '<path fill="$m" d="M300 84q88 8 92 130 2 62 36 84H172q34-22 36-84 4-122 92-130z"/><path fill="$d" d="M164 294h272v20H164z"/><circle cx="300" cy="326" r="22" fill="$c"/><path fill="none" stroke="$d" stroke-width="10" d="M300 86V54"/>',
  frame:
    '<path fill="$m" d="M170 62h260v272H170z"/><path fill="#fff" d="M200 92h200v212H200z"/><path fill="$b" d="M216 108h168v180H216z"/><circle cx="340" cy="154" r="22" fill="#f2c14e"/><path fill="$c" d="M216 288l62-90 44 52 26-30 36 68z"/>',
  print:
    '<path fill="#fff" d="M176 58h248v284H176z"/><path fill="$m" d="M196 78h208v200H196z"/><circle cx="340" cy="136" r="30" fill="$c"/><path fill="$d" d="M196 278l80-110 52 64 30-36 46 82z"/><path fill="$d" d="M196 296h90v6h-90z"/>',
  carving:
    '<path fill="$d" d="M150 92h300v232H150z"/><path fill="$m" d="M164 106h272v204H164z"/><g fill="none" stroke="$c" stroke-width="10"><path d="M300 290q-10-80-70-90 50-10 70 30 0-70-30-100 50 10 60 80 10-40 60-50-20 30-60 50"/></g>',
  panel:
    '<path fill="#26343b" d="M156 62h288v278H156z"/><path fill="#f6f1e7" d="M166 72h268v258H166z"/><g fill="$a"><path d="M166 72h134L166 201zM434 330H300l134-129z"/></g><g fill="none" stroke="$c" stroke-width="14"><path d="M166 260L360 72M200 330L434 104M166 306l234-234"/></g>',
  chair:
    '<path fill="none" stroke="$d" stroke-width="14" d="M214 336l18-130M386 336l-18-130M190 220q-6-140 110-140t110 140"/><path fill="$m" d="M206 214q-4-116 94-116t94 116z"/><ellipse cx="300" cy="236" rx="116" ry="34" fill="$c"/><ellipse cx="300" cy="228" rx="116" ry="32" fill="$m"/>',
  pillow:
    '<path fill="$m" d="M120 240q6-70 76-60 104-30 208 0 70-10 76 60-2 74-72 66-108 30-216 0-70 8-72-66z"/><path fill="none" stroke="$d" stroke-width="4" d="M160 214q30 30 0 70M440 214q-30 30 0 70"/>',
  // Tools
  spoons:
    '<g fill="$m"><ellipse cx="210" cy="124" rx="40" ry="54"/><path d="M200 170h20l6 170h-32z"/><path d="M276 70h48v90q-8 12-14 12v168h-20V172q-6 0-14-12z"/><ellipse cx="390" cy="124" rx="40" ry="54"/><path d="M380 170h20l6 170h-32z"/></g><path fill="$d" d="M294 84h12v60h-12z"/>',
  board:
    '<path fill="$m" d="M206 70h188q18 0 18 18v236q0 18-18 18H206q-18 0-18-18V88q0-18 18-18z"/><circle cx="300" cy="100" r="14" fill="$d"/><path fill="none" stroke="$d" stroke-width="4" opacity=".6" d="M220 140q80 20 160 0M220 200q80 20 160 0M220 260q80 20 160 0"/>',
  knife:
    '<path fill="#dfe6e8" d="M120 250q20-90 250-86v62q-120 50-250 24z"/><path fill="#b9c6ca" d="M120 250q120 0 250-50v26q-120 50-250 24z"/><path fill="#26343b" d="M366 160h20v70h-20z"/><path fill="$c" d="M386 166h112q20 8 20 28t-20 30H386z"/>',
  stone:
    '<path fill="$c" d="M148 300h304l30 42H118z"/><path fill="$l" d="M140 220l40-40h300l-40 40z"/><path fill="$m" d="M140 220h300v80H140z"/><path fill="$d" d="M440 220l40-40v80l-40 40z"/>',
  scissors:
    '<g fill="#dfe6e8"><path d="M290 210L176 66q-16 20-6 40l96 122zM310 210L424 66q16 20 6 40l-96 122z"/></g><g fill="none" stroke="$c" stroke-width="18"><ellipse cx="240" cy="290" rx="40" ry="50" transform="rotate(24 240 290)"/><ellipse cx="360" cy="290" rx="40" ry="50" transform="rotate(-24 360 290)"/></g><circle cx="300" cy="218" r="12" fill="#26343b"/>',
  clipper:
    '<path fill="#dfe6e8" d="M150 236h280l30-18v60l-30-18H150q-20-12 0-24z"/><path fill="$c" d="M168 176l240 44v18H180q-34-20-12-62z"/><circle cx="398" cy="234" r="10" fill="$c"/>',
  grater:
    '<path fill="none" stroke="$d" stroke-width="14" d="M256 84q44-50 88 0"/><path fill="#dfe6e8" d="M232 84h136l34 256H198z"/><g fill="$a"><path d="M256 130h16v10h-16zM292 130h16v10h-16zM328 130h16v10h-16zM250 170h16v10h-16zM292 170h16v10h-16zM334 170h16v10h-16zM246 210h16v10h-16zM292 210h16v10h-16zM338 210h16v10h-16zM240 250h16v10h-16zM292 250h16v10h-16zM344 250h16v10h-16z"/></g>',
  whisk:
    '<path fill="$m" d="M268 60h64v140h-64z"/><g fill="none" stroke="$a" stroke-width="5"><path d="M274 200q-70 90-44 140M284 200q-40 100-26 142M294 200q-12 100-6 142M306 200q12 100 6 142M316 200q40 100 26 142M326 200q70 90 44 140"/></g><path fill="$c" d="M264 186h72v16h-72z"/>',
  paddle:
    '<g transform="rotate(28 300 210)"><path fill="$d" d="M290 30h20v210h-20zM270 24h60v18h-60z"/><path fill="$m" d="M258 230q42-20 84 0 16 80-16 140h-52q-32-60-16-140z"/></g>',
  hockey:
    '<g fill="none" stroke="$d" stroke-width="16"><path d="M404 60L262 306q-10 18-34 18h-90"/></g><path fill="none" stroke="$a" stroke-width="28" d="M262 306q-10 18-34 18h-90"/><ellipse cx="410" cy="316" rx="54" ry="20" fill="#26343b"/><path fill="none" stroke="$c" stroke-width="16" d="M404 60l-30 52"/>',
  brush:
    '<g transform="rotate(24 300 210)"><path fill="$m" d="M288 20h24v220h-24z"/><path fill="$c" d="M284 236h32v30h-32z"/><path fill="#26343b" d="M282 266h36q10 50-18 100-28-50-18-100z"/></g>',
  pen: '<g transform="rotate(32 300 210)"><path fill="$m" d="M278 20h44v200h-44z"/><path fill="$c" d="M276 210h48v18h-48z"/><path fill="$d" d="M282 228h36l-6 70h-24z"/><path fill="#e8d9a8" d="M288 298h24l-12 70z"/><path fill="$c" d="M322 40h10v90h-10z"/></g>',
  ink: '<path fill="#26343b" d="M258 92h84v48h-84z"/><path fill="$l" d="M196 140h208l24 40v140q0 22-22 22H194q-22 0-22-22V180z"/><path fill="$a" d="M190 214h220v104q0 10-10 10H200q-10 0-10-10z"/><path fill="#fff" d="M236 232h128v64H236z"/><path fill="$c" d="M300 240q18 24 0 44-18-20 0-44z"/>',
  notebook:
    '<path fill="$d" d="M196 62h232v280H196z"/><path fill="#fff" d="M190 70h226v264H190z"/><path fill="$m" d="M178 62h226v280H178z"/><path fill="$c" d="M372 62h14v280h-14z"/><path fill="#fff" d="M214 120h120v46H214z"/>',
  tape: '<circle cx="240" cy="220" r="98" fill="$m"/><circle cx="240" cy="220" r="50" fill="$b"/><circle cx="390" cy="260" r="78" fill="$c"/><circle cx="390" cy="260" r="40" fill="$b"/><path fill="$m" d="M240 318h150l10 20H240z"/>',
  paper:
    '<path fill="$d" d="M190 110l220-30 30 220-220 36z"/><path fill="$m" d="M170 90l226-14 14 226-226 20z"/><path fill="$b" d="M300 150l80 30-70 100-90-40z"/><path fill="$c" d="M300 150l10 130-90-40z"/>',
  papercut:
    '<path fill="#fff" d="M164 62h272v278H164z"/><circle cx="300" cy="200" r="108" fill="$a"/><g fill="#fff"><circle cx="300" cy="140" r="20"/><circle cx="300" cy="260" r="20"/><circle cx="240" cy="200" r="20"/><circle cx="360" cy="200" r="20"/><path d="M300 172l28 28-28 28-28-28z"/></g>',
  // Play and music
  kite: '<path fill="$m" d="M300 50l110 120-110 130-110-130z"/><path stroke="$d" stroke-width="5" d="M300 50v250M190 170h220"/><path fill="none" stroke="$c" stroke-width="6" d="M300 300q40 20 10 36t20 36"/><path fill="$c" d="M300 326l-20-12v24zM322 350l22-10v22z"/>',
  puzzle:
    '<g stroke="$d" stroke-width="4"><path fill="$a" d="M190 90h110v40q40-14 40 18t-40 18v36H190z"/><path fill="$b" d="M300 90h110v112h-36q14 40-18 40t-18-40h-38v-36q40 14 40-18t-40-18z"/><path fill="$c" d="M190 202h36q-14 40 18 40t18-40h38v132H190z"/><path fill="$m" d="M300 202h38q-14 40 18 40t18-40h36v132H300z"/></g>',
  drum: '<ellipse cx="300" cy="300" rx="150" ry="40" fill="$d"/><path fill="$m" d="M150 170h300v130q-150 60-300 0z"/><ellipse cx="300" cy="170" rx="150" ry="44" fill="#f6efdd"/><g stroke="$c" stroke-width="5" fill="none"><path d="M156 190l44 110 50-90 50 118 50-118 50 90 44-110"/></g>',
  flute:
    '<g transform="rotate(-20 300 210)"><path fill="$m" d="M90 192h400v36H90z"/><path fill="$d" d="M90 186h60v48H90z"/><g fill="#26343b"><circle cx="240" cy="210" r="8"/><circle cx="280" cy="210" r="8"/><circle cx="320" cy="210" r="8"/><circle cx="360" cy="210" r="8"/><circle cx="400" cy="210" r="8"/><circle cx="440" cy="210" r="8"/></g><path fill="$c" d="M470 188h24v44h-24z"/></g>',
  boomerang:
    '<path fill="$m" d="M118 250q-14-28 16-40 120-30 176-110 24-26 48 0 70 90 126 110 26 14 10 42-18 18-46 8-90-30-134-96-56 66-146 92-34 10-50-6z"/><path fill="none" stroke="$c" stroke-width="8" d="M150 236q110-30 172-104M348 130q60 74 118 96"/>',
  fin: '<path fill="$m" d="M170 330q-10-180 190-250 20-4 14 14-44 110 50 236z"/><path fill="$d" d="M160 322h276v20H160z"/><path fill="none" stroke="$c" stroke-width="7" d="M200 316q0-140 140-212"/>',
  // Worn
  necklace:
    '<path fill="none" stroke="$d" stroke-width="5" d="M178 76q10 190 122 216 112-26 122-216"/><g fill="$a"><circle cx="190" cy="150" r="14"/><circle cx="206" cy="196" r="16"/><circle cx="232" cy="238" r="18"/><circle cx="410" cy="150" r="14"/><circle cx="394" cy="196" r="16"/><circle cx="368" cy="238" r="18"/></g><g fill="$c"><circle cx="264" cy="272" r="20"/><circle cx="336" cy="272" r="20"/></g><circle cx="300" cy="290" r="26" fill="$m"/>',
  pendant:
    '<path fill="none" stroke="$d" stroke-width="5" d="M190 62l110 140 110-140"/><path fill="$c" d="M290 194h20v30h-20z"/><path fill="#cfd8dc" d="M300 214q84 76 0 128-84-52 0-128z"/><path fill="$m" d="M300 236q54 54 0 92-54-38 0-92z"/>',
  earrings:
    '<g fill="none" stroke="$d" stroke-width="6"><path d="M210 130q-24-54 10-56 30 2 10 44M390 130q-24-54 10-56 30 2 10 44"/></g><g><circle cx="214" cy="220" r="90" fill="$m"/><circle cx="394" cy="220" r="90" fill="$m"/><circle cx="214" cy="220" r="48" fill="$c"/><circle cx="394" cy="220" r="48" fill="$c"/><circle cx="214" cy="220" r="20" fill="$b"/><circle cx="394" cy="220" r="20" fill="$b"/></g>',
  ring: '<circle cx="300" cy="240" r="92" fill="none" stroke="#cfd8dc" stroke-width="30"/><circle cx="300" cy="240" r="92" fill="none" stroke="$d" stroke-width="4"/><path fill="$a" d="M300 176q-64-40-44-84 22-26 44 4 22-30 44-4 20 44-44 84z"/><path fill="$c" d="M262 86l8-22 14 14 16-20 16 20 14-14 8 22z"/>',
  brooch:
    '<circle cx="300" cy="210" r="110" fill="none" stroke="$a" stroke-width="34"/><g fill="none" stroke="$c" stroke-width="8"><circle cx="300" cy="100" r="24"/><circle cx="300" cy="320" r="24"/><circle cx="190" cy="210" r="24"/><circle cx="410" cy="210" r="24"/></g><path stroke="$d" stroke-width="10" d="M180 300L430 120"/><circle cx="436" cy="116" r="14" fill="$c"/>',
  bracelet:
    '<ellipse cx="300" cy="220" rx="150" ry="90" fill="none" stroke="$a" stroke-width="34" stroke-dasharray="1 38"/><ellipse cx="300" cy="220" rx="150" ry="90" fill="none" stroke="$c" stroke-width="22" stroke-dasharray="1 38" stroke-dashoffset="19"/>',
  glasses:
    '<g fill="none" stroke="$a" stroke-width="16"><path d="M276 210q24-20 48 0M124 190l-30-30M476 190l30-30"/></g><g stroke="$a" stroke-width="14"><path fill="$d" d="M124 180h150q6 110-72 110t-78-110z"/><path fill="$d" d="M326 180h150q-0 110-78 110t-72-110z"/></g><path fill="#fff" opacity=".3" d="M146 196h30l-14 60zM348 196h30l-14 60z"/>',
  shoe: '<path fill="$m" d="M126 204q60 14 92-26 70 66 196 78 66 12 66 48v20H126q-20-60 0-120z"/><path fill="$d" d="M118 318h366v24H118z"/><path stroke="$c" stroke-width="6" d="M240 200l-26 26M270 220l-24 26M302 236l-22 24"/>',
  sandal:
    '<path fill="$d" d="M112 312q190-40 376-8 10 38-20 38H130q-24 0-18-30z"/><path fill="none" stroke="$a" stroke-width="26" d="M190 304q30-120 120-40 20 24 16 40M300 262q90-40 110 40"/><circle cx="306" cy="262" r="18" fill="$c"/>',
  boot: '<path fill="$m" d="M216 84h134v142q90 20 100 60 4 30-2 40H216z"/><path fill="$b" d="M206 70h154v40H206z"/><path fill="$d" d="M206 322h250v20H206z"/><path stroke="$c" stroke-width="5" stroke-dasharray="8 7" d="M340 120v110"/>',
  // Electric
  earbuds:
    '<path fill="$d" d="M156 216h288v80q0 46-46 46H202q-46 0-46-46z"/><path fill="$m" d="M156 216q0-80 60-80h168q60 0 60 80z"/><g fill="#fff"><circle cx="246" cy="202" r="34"/><path d="M230 210h32v90h-32z"/><circle cx="354" cy="202" r="34"/><path d="M338 210h32v90h-32z"/></g><circle cx="300" cy="312" r="7" fill="$c"/>',
  powerbank:
    '<path fill="$m" d="M210 64h180q22 0 22 22v234q0 22-22 22H210q-22 0-22-22V86q0-22 22-22z"/><g fill="$c"><circle cx="240" cy="306" r="7"/><circle cx="264" cy="306" r="7"/><circle cx="288" cy="306" r="7"/></g><path fill="#fff" d="M310 120l-56 90h38l-10 70 60-96h-40z"/>',
  keyboard:
    '<path fill="$d" d="M104 154h392q14 0 14 14v154q0 20-20 20H110q-20 0-20-20V168q0-14 14-14z"/><g fill="$m"><path d="M112 174h44v40h-44zM164 174h44v40h-44zM216 174h44v40h-44zM268 174h44v40h-44zM320 174h44v40h-44zM372 174h44v40h-44zM112 222h62v40h-62zM182 222h44v40h-44zM234 222h44v40h-44zM286 222h44v40h-44zM338 222h44v40h-44zM390 222h98v40h-98zM112 270h96v40h-96zM216 270h168v40H216z"/></g><path fill="$c" d="M424 174h64v40h-64zM392 270h96v40h-96z"/>',
  charger:
    '<path fill="#b9c6ca" d="M256 60h18v50h-18zM326 60h18v50h-18z"/><path fill="$m" d="M206 104h188q20 0 20 20v176q0 42-42 42H228q-42 0-42-42V124q0-20 20-20z"/><path fill="$d" d="M256 276h88v22h-88z"/><path fill="$c" d="M312 140l-54 72h36l-10 48 58-74h-38z"/>',
  // Gone to last, as anything may lie in it
  parcel:
    '<path fill="$m" d="M170 130h260v212H170z"/><path fill="$c" d="M282 130h36v212h-36zM170 216h260v30H170z"/><path fill="none" stroke="$c" stroke-width="14" d="M300 128q-70-70-90-20 0 30 90 20 90 10 90-20-20-50-90 20z"/>',
}
