package io.careflow.pstn.consent;

import java.util.List;

/** What the rules must say, written down a second time: code, basis, floor, action, disputed. */
final class ConsentTable {
    static final String TEXT = """
            US,ONE_PARTY,NONE,ANNOUNCE,false
            US-AL,ONE_PARTY,NONE,ANNOUNCE,false
            US-AK,ONE_PARTY,NONE,ANNOUNCE,false
            US-AZ,ONE_PARTY,NONE,ANNOUNCE,false
            US-AR,ONE_PARTY,NONE,ANNOUNCE,false
            US-CO,ONE_PARTY,NONE,ANNOUNCE,false
            US-DC,ONE_PARTY,NONE,ANNOUNCE,false
            US-GA,ONE_PARTY,NONE,ANNOUNCE,false
            US-HI,ONE_PARTY,NONE,ANNOUNCE,false
            US-ID,ONE_PARTY,NONE,ANNOUNCE,false
            US-IN,ONE_PARTY,NONE,ANNOUNCE,false
            US-IA,ONE_PARTY,NONE,ANNOUNCE,false
            US-KS,ONE_PARTY,NONE,ANNOUNCE,false
            US-KY,ONE_PARTY,NONE,ANNOUNCE,false
            US-LA,ONE_PARTY,NONE,ANNOUNCE,false
            US-ME,ONE_PARTY,NONE,ANNOUNCE,false
            US-MN,ONE_PARTY,NONE,ANNOUNCE,false
            US-MS,ONE_PARTY,NONE,ANNOUNCE,false
            US-MO,ONE_PARTY,NONE,ANNOUNCE,false
            US-NE,ONE_PARTY,NONE,ANNOUNCE,false
            US-NJ,ONE_PARTY,NONE,ANNOUNCE,false
            US-NM,ONE_PARTY,NONE,ANNOUNCE,false
            US-NY,ONE_PARTY,NONE,ANNOUNCE,false
            US-NC,ONE_PARTY,NONE,ANNOUNCE,false
            US-ND,ONE_PARTY,NONE,ANNOUNCE,false
            US-OH,ONE_PARTY,NONE,ANNOUNCE,false
            US-OK,ONE_PARTY,NONE,ANNOUNCE,false
            US-OR,ONE_PARTY,NONE,ANNOUNCE,true
            US-RI,ONE_PARTY,NONE,ANNOUNCE,false
            US-SC,ONE_PARTY,NONE,ANNOUNCE,false
            US-SD,ONE_PARTY,NONE,ANNOUNCE,false
            US-TN,ONE_PARTY,NONE,ANNOUNCE,false
            US-TX,ONE_PARTY,NONE,ANNOUNCE,false
            US-UT,ONE_PARTY,NONE,ANNOUNCE,false
            US-VT,ONE_PARTY,NONE,ANNOUNCE,false
            US-VA,ONE_PARTY,NONE,ANNOUNCE,false
            US-WV,ONE_PARTY,NONE,ANNOUNCE,false
            US-WI,ONE_PARTY,NONE,ANNOUNCE,false
            US-WY,ONE_PARTY,NONE,ANNOUNCE,false
            US-CA,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            US-CT,ALL_PARTY,ANNOUNCE,ANNOUNCE,true
            US-DE,ALL_PARTY,ANNOUNCE,ANNOUNCE,true
            US-FL,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            US-IL,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            US-MD,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            US-MA,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            US-MI,ALL_PARTY,ANNOUNCE,ANNOUNCE,true
            US-MT,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            US-NV,ALL_PARTY,ANNOUNCE,ANNOUNCE,true
            US-NH,ALL_PARTY,ANNOUNCE,EXPLICIT,false
            US-PA,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            US-WA,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            CA,ONE_PARTY,ANNOUNCE,ANNOUNCE,false
            EU,NOTICE,ANNOUNCE,ANNOUNCE,false
            DE,ALL_PARTY,ANNOUNCE,EXPLICIT,false
            AT,ALL_PARTY,ANNOUNCE,EXPLICIT,true
            FR,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            DK,ONE_PARTY,EXPLICIT,EXPLICIT,false
            SE,ONE_PARTY,ANNOUNCE,ANNOUNCE,false
            FI,ONE_PARTY,ANNOUNCE,ANNOUNCE,false
            NO,ONE_PARTY,ANNOUNCE,ANNOUNCE,false
            NL,ONE_PARTY,ANNOUNCE,ANNOUNCE,false
            IT,ONE_PARTY,ANNOUNCE,ANNOUNCE,false
            ES,ONE_PARTY,ANNOUNCE,ANNOUNCE,true
            PL,ONE_PARTY,ANNOUNCE,ANNOUNCE,true
            BE,ONE_PARTY,ANNOUNCE,ANNOUNCE,true
            IE,ONE_PARTY,ANNOUNCE,ANNOUNCE,false
            PT,ALL_PARTY,EXPLICIT,EXPLICIT,true
            GR,ALL_PARTY,EXPLICIT,EXPLICIT,true
            CH,ALL_PARTY,ANNOUNCE,ANNOUNCE,false
            GB,ONE_PARTY,ANNOUNCE,ANNOUNCE,false
            AU,NOTICE,ANNOUNCE,ANNOUNCE,false
            NZ,ONE_PARTY,NONE,ANNOUNCE,false
            IN,ONE_PARTY,NONE,ANNOUNCE,true
            JP,ONE_PARTY,NONE,ANNOUNCE,true
            SG,ONE_PARTY,NONE,ANNOUNCE,true
            KR,ONE_PARTY,NONE,ANNOUNCE,false
            BR,ONE_PARTY,NONE,ANNOUNCE,false
            PH,ALL_PARTY,EXPLICIT,EXPLICIT,false
            ZZ,ALL_PARTY,EXPLICIT,EXPLICIT,true
            """;

    private ConsentTable() {}

    static List<String> codes() {
        return TEXT.lines().map(line -> line.substring(0, line.indexOf(','))).toList();
    }
}
