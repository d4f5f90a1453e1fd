$curve0 << END
0.5 48.6 44.0718 53.1282
1 85 82.6771 87.3229
2 91.2 90.1611 92.2389
4 90.4 89.7199 91.0801
7.99999 90.8 90.2447 91.3553
END
$line0 << END
0.4 97 97 97
9.99999 97 97 97
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.4:9.99999]
set xtics ("0.5" 0.5, "1" 1, "2" 2, "4" 4, "8" 7.99999)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 mean of 5 with 95 % interval}"
set ylabel "Held-out recall at 100 (%)"
set key bottom right opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:3:4 with filledcurves linecolor rgb "#D9EAF4" fillstyle solid noborder notitle, \
     $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "client-level privacy", \
     $line0 using 1:3:4 with filledcurves linecolor rgb "#DDDDDD" fillstyle solid noborder notitle, \
     $line0 using 1:2 with lines linestyle 9 dashtype 2 title "no privacy"
